package io.reverie.core.network;

import ai.djl.ndarray.types.DataType;

class SqueezeNet11Test extends NetworkContractTest {

  @Override
  public Network open(DataType type) {
    return TestNetworks.filled("squeezenet1_1", type);
  }
}
