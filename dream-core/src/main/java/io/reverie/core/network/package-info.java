/** Trained networks and how to load them. */
package io.reverie.core.network;
