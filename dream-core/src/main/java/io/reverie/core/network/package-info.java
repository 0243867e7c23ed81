/**
 * Networks to dream on: a descriptor says what a network is, an architecture what it computes, the
 * weights come from {@link io.reverie.core.weights}.
 */
package io.reverie.core.network;
