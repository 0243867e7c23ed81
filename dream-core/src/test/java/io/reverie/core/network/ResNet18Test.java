package io.reverie.core.network;

import ai.djl.ndarray.types.DataType;

class ResNet18Test extends NetworkContractTest {

  @Override
  public Network open(DataType type) {
    return TestNetworks.filled("resnet18", type);
  }
}
