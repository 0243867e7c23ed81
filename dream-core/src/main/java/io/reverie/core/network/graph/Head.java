package io.reverie.core.network.graph;

/**
 * Where a network stops to look at places and begins to look at the whole image: the pooling before
 * its classifier.
 *
 * @param trunk the layer whose maps are pooled
 * @param bins how many cells a side they are pooled to: each is the mean of a part of the map, from
 *     {@code floor(i * n / bins)} to {@code ceil((i + 1) * n / bins)} of n rows or columns, as
 *     PyTorch's adaptive average pooling has it
 */
public record Head(String trunk, int bins) {}
