package io.reverie.core.network;

import ai.djl.ndarray.types.DataType;

class GoogLeNetTest extends NetworkContractTest {

  @Override
  Network open(DataType type) {
    return TestNetworks.filled("googlenet", type);
  }
}
