package io.reverie.core.dream;

import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.network.TestNetworks;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The small network, open while the tests of a class run, on one thread. */
public final class SmallNetwork implements BeforeAllCallback, AfterAllCallback {

  private @Nullable Network network;

  @Override
  public void beforeAll(ExtensionContext context) {
    Torch.useOneThread();
    network = TestNetworks.small(1);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    network().close();
  }

  public Network network() {
    return Objects.requireNonNull(network);
  }
}
