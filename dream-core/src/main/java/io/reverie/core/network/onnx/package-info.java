/** Networks from ONNX models: their graphs as operations of {@code core.network.graph}. */
package io.reverie.core.network.onnx;
