package io.reverie.core.network.graph;

/**
 * A layer's output shape for an image of a certain size.
 *
 * @param name as in the option {@code --layer}
 * @param channels number of feature maps
 * @param height of each map
 * @param width of each map
 */
public record Layer(String name, long channels, long height, long width) {}
