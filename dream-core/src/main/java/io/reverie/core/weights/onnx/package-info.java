/** The graph and tensors of an ONNX model. */
package io.reverie.core.weights.onnx;
