package io.reverie.core.network.descriptor;

import ai.djl.ndarray.types.DataType;
import io.reverie.core.network.Network;
import io.reverie.core.network.NetworkContractTest;
import io.reverie.core.network.TestNetworks;

class SequentialNetworkTest extends NetworkContractTest {

  @Override
  public Network open(DataType type) {
    return TestNetworks.filled("embedded", type);
  }
}
