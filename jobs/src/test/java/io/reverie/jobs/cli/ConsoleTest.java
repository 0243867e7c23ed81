package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private void print(boolean json, boolean quiet) {
    Console console =
        new Console(new PrintWriter(out, true), new PrintWriter(err, true), json, quiet);
    console.error("an error");
    console.notice("a notice");
    console.remarks().println("a remark");
    console.results().println("a result");
    console.end(List.of(1));
  }

  @Test
  void onlyResultsGoToStdout() {
    print(false, false);
    assertThat(out).hasToString("a result\n");
    assertThat(err).hasToString("reverie: an error\nreverie: a notice\na remark\n");
  }

  @Test
  void withJsonNothingElseGoesToStdout() {
    print(true, false);
    assertThat(out).hasToString("[1]\n");
    assertThat(err).hasToString("reverie: an error\nreverie: a notice\na remark\na result\n");
  }

  @Test
  void aQuietRunPrintsErrorsAndItsReport() {
    print(true, true);
    assertThat(out).hasToString("[1]\n");
    assertThat(err).hasToString("reverie: an error\n");
  }
}
