package io.reverie.core.network;

import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.UncheckedIOException;

class EmbeddedContractTest extends NetworkContractTest {

  @Override
  public Network open(DataType type) {
    try {
      return TestNetworks.embeddedOfAnySize(type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
