package io.reverie.core.network.graph;

/**
 * What a layer gives out for an image of a certain size.
 *
 * @param name as users write it
 * @param channels how many feature maps
 * @param height of each map
 * @param width of each map
 */
public record Layer(String name, long channels, long height, long width) {}
