/** Finds and loads the weights of networks, and shares one copy of each network per JVM. */
package io.reverie.jobs.network;
