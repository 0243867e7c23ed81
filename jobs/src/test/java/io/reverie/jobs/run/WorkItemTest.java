package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conflicts between inputs and outputs. */
class WorkItemTest {

  private static WorkItem item(String input, String output) {
    return new WorkItem(input, new Location(output));
  }

  @Test
  void twoInputsNeverShareAnOutput() {
    assertThatThrownBy(
            () ->
                WorkItem.apart(List.of(item("a/x.png", "out/x.png"), item("b/x.png", "out/x.png"))))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "a/x.png and b/x.png would both be written to out/x.png; write them to different"
                + " folders");
    assertThatThrownBy(
            () ->
                WorkItem.apart(List.of(item("noise:", "out/./x.png"), item("noise:", "out/x.png"))))
        .isInstanceOf(UserException.class);
  }

  @Test
  void aDuplicateIsDropped() {
    WorkItem item = item("a/x.png", "out/x.png");
    assertThat(WorkItem.apart(List.of(item, item("a/../a/x.png", "out/x.png"))))
        .containsExactly(item);
  }

  @Test
  void aResultNeverReplacesItsInputHoweverItIsSpelled() {
    for (String input : List.of("s3a://b//x.png", "s3a://b/a/../x.png", "s3a://b/./x.png")) {
      assertThatThrownBy(() -> item(input, "s3a://b/x.png"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("would overwrite its own input " + input);
    }
  }

  @Test
  void aResultNeverReplacesAnotherInput() {
    assertThatThrownBy(
            () -> WorkItem.apart(List.of(item("a/x.png", "b/x.png"), item("b/x.png", "c/x.png"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "the result of a/x.png would overwrite b/x.png, which is also an input");
  }
}
