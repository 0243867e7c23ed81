/** Where a network's weights come from, and the one copy of a network that a JVM holds. */
package io.reverie.jobs.network;
