/** Checkpoints of PyTorch, in both of its containers. */
package io.reverie.core.weights.torch;
