package io.reverie.core.network.architecture;

import ai.djl.ndarray.types.DataType;
import io.reverie.core.network.Network;
import io.reverie.core.network.NetworkContractTest;
import io.reverie.core.network.TestNetworks;

class BvlcGoogLeNetTest extends NetworkContractTest {

  @Override
  public Network open(DataType type) {
    return TestNetworks.filled("bvlc_googlenet", type);
  }
}
