/** Computations over a network: the forward pass, shapes, receptive fields, its classifier. */
package io.reverie.core.network.graph.evaluation;
