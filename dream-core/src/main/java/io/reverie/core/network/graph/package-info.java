/** A network as a tree of operations, and the passes over it: tensors, shapes, receptive fields. */
package io.reverie.core.network.graph;
