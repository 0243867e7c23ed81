/** Networks as trees of operations, and the passes over them: tensors, shapes, receptive fields. */
package io.reverie.core.network.graph;
