package io.reverie.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.storage.Location;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several inputs and their results. */
class WishTest {

  private static Wish wish(String input, String output) {
    return new Wish(input, new Location(output));
  }

  @Test
  void twoInputsNeverShareAResult() {
    assertThatThrownBy(
            () -> Wish.apart(List.of(wish("a/x.png", "out/x.png"), wish("b/x.png", "out/x.png"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "a/x.png and b/x.png would both be written to out/x.png; write them to different"
                + " folders");
    assertThatThrownBy(
            () -> Wish.apart(List.of(wish("noise:", "out/./x.png"), wish("noise:", "out/x.png"))))
        .isInstanceOf(UserException.class);
  }

  @Test
  void oneThatIsNamedTwiceIsTakenOnce() {
    Wish wish = wish("a/x.png", "out/x.png");
    assertThat(Wish.apart(List.of(wish, wish("a/../a/x.png", "out/x.png")))).containsExactly(wish);
  }

  @Test
  void aResultNeverReplacesAnotherInput() {
    assertThatThrownBy(
            () -> Wish.apart(List.of(wish("a/x.png", "b/x.png"), wish("b/x.png", "c/x.png"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("would be written over b/x.png, which is an input too");
  }
}
