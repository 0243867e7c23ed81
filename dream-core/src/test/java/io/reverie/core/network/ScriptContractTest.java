package io.reverie.core.network;

import java.net.URISyntaxException;

class ScriptContractTest extends NetworkBasicsContractTest {

  @Override
  Network open() {
    try {
      return TestNetworks.script("stride: 2\nfield: 7");
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
