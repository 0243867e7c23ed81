/** Readers of safetensors, Caffe networks and frozen TensorFlow graphs. */
package io.reverie.core.weights.format;
