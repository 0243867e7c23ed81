package io.reverie.video.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstructionGuardTest {

  private final List<String> freed = new ArrayList<>();

  @Test
  void anIncompleteConstructionFreesTheLastValueFirst() {
    try (ConstructionGuard guard = new ConstructionGuard()) {
      assertThat(guard.add("frame", freed::add)).isEqualTo("frame");
      guard.add("encoder", freed::add);
    }
    assertThat(freed).containsExactly("encoder", "frame");
  }

  @Test
  void aValueThatCannotBeFreedDoesNotKeepTheOthersAlive() {
    ConstructionGuard guard = new ConstructionGuard();
    guard.add("frame", freed::add);
    guard.add(
        "encoder",
        name -> {
          throw new IllegalStateException(name);
        });
    assertThatThrownBy(guard::close).hasMessage("encoder");
    assertThat(freed).containsExactly("frame");
  }

  @Test
  void aCompleteConstructionFreesNothing() {
    try (ConstructionGuard guard = new ConstructionGuard()) {
      guard.add("frame", freed::add);
      guard.complete();
    }
    assertThat(freed).isEmpty();
  }
}
