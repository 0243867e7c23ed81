package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several inputs and their results. */
class WorkItemTest {

  private static WorkItem wish(String input, String output) {
    return new WorkItem(input, new Location(output));
  }

  @Test
  void twoInputsNeverShareAResult() {
    assertThatThrownBy(
            () ->
                WorkItem.apart(List.of(wish("a/x.png", "out/x.png"), wish("b/x.png", "out/x.png"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "a/x.png and b/x.png would both be written to out/x.png; write them to different"
                + " folders");
    assertThatThrownBy(
            () ->
                WorkItem.apart(List.of(wish("noise:", "out/./x.png"), wish("noise:", "out/x.png"))))
        .isInstanceOf(UserException.class);
  }

  @Test
  void oneThatIsNamedTwiceIsTakenOnce() {
    WorkItem wish = wish("a/x.png", "out/x.png");
    assertThat(WorkItem.apart(List.of(wish, wish("a/../a/x.png", "out/x.png"))))
        .containsExactly(wish);
  }

  @Test
  void aResultNeverReplacesAnotherInput() {
    assertThatThrownBy(
            () -> WorkItem.apart(List.of(wish("a/x.png", "b/x.png"), wish("b/x.png", "c/x.png"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("would be written over b/x.png, which is an input too");
  }
}
