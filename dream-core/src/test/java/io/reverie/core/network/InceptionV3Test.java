package io.reverie.core.network;

import ai.djl.ndarray.types.DataType;

class InceptionV3Test extends NetworkContractTest {

  @Override
  Network open(DataType type) {
    return TestNetworks.filled("inception_v3", type);
  }
}
