/** Named tensors, and how their values are stored. */
package io.reverie.core.weights.tensor;
