package io.reverie.jobs.spec;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class MaskSpecTest {

  @Test
  void aWrongValueIsOneSentence() {
    assertThatThrownBy(() -> new MaskSpec("none", true, 1, 0, false).requireAlpha("a.jpg", false))
        .hasMessage(
            "a.jpg has no alpha channel to use as a mask; omit mask.alpha, or set mask.file");
    assertThatThrownBy(() -> new MaskSpec("none", false, 1, 4, false))
        .hasMessageStartingWith("mask.feather needs a mask");
    assertThatThrownBy(() -> new MaskSpec("none", false, 0.5, 0, false))
        .hasMessage("mask.strength needs a mask; set mask.file, or mask.alpha=true");
    assertThatThrownBy(() -> new MaskSpec("m.png", false, 2, 0, false))
        .hasMessage("mask.strength must be from 0 to 1, not 2.0");
  }
}
