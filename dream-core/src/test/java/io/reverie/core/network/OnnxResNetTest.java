package io.reverie.core.network;

import ai.djl.ndarray.types.DataType;
import io.reverie.core.network.onnx.OnnxImporter;
import io.reverie.core.weights.onnx.OnnxFile;

class OnnxResNetTest extends NetworkContractTest {
  @Override
  public Network open(DataType type) {
    return OnnxZooTest.network(OnnxImporter.of(OnnxFile.read(OnnxZooTest.file("resnet_v2"))), type);
  }
}
