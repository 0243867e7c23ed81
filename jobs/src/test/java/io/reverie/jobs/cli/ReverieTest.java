package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.terminal.Printer;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** What becomes of exceptions. */
class ReverieTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Runnable preparation) {
    return Reverie.run(
        Printer.ofResults(out), Printer.ofMessages(err), preparation, "networks", "embedded");
  }

  @Test
  void aBugExitsWithOneAndItsStackTrace() {
    int code =
        run(
            () -> {
              throw new IllegalStateException("a bug");
            });
    assertThat(code).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("java.lang.IllegalStateException: a bug")
        .contains("\tat " + ReverieTest.class.getName());
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aMistakeIsOneSentence() {
    int code =
        run(
            () -> {
              throw UserException.environment("the disk is full");
            });
    assertThat(code).isEqualTo(3);
    assertThat(err.toString()).isEqualTo("reverie: the disk is full\n");
  }

  @Test
  void anErrorOfTheJvmIsABugToo() {
    int code =
        run(
            () -> {
              throw new StackOverflowError("simulated");
            });
    assertThat(code).isEqualTo(1);
    assertThat(err.toString()).contains("StackOverflowError");
  }
}
