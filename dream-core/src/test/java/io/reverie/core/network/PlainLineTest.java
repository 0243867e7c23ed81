package io.reverie.core.network;

import ai.djl.ndarray.types.DataType;

class PlainLineTest extends NetworkContractTest {

  @Override
  Network open(DataType type) {
    return TestNetworks.filled("embedded", type);
  }
}
