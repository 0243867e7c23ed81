package io.reverie.core.network;

import ai.djl.ndarray.types.DataType;

class ResNet50Test extends NetworkContractTest {

  @Override
  public Network open(DataType type) {
    return TestNetworks.filled("resnet50", type);
  }
}
