package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworksTest {

  @Test
  void aNetworkThatCannotBeMadeFreesItsMemory() {
    List<NDManager> managers = new ArrayList<>();
    assertThatThrownBy(
            () ->
                NetworkLoader.owning(
                    Device.cpu(),
                    manager -> {
                      managers.add(manager);
                      throw new OutOfMemoryError("simulated");
                    }))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(managers).hasSize(1);
    assertThat(managers.get(0).isOpen()).isFalse();
  }
}
