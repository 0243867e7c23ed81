package io.reverie.core.network;

/** A named step of a network; its name is what users call the layer. */
record Stage(String name, Op op) {}
