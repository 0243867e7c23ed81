package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The exit codes that the README lists. */
class RunReportTest {

  private static final Outcome DREAMED = Outcome.dreamed(item("a.png"), 1, 1, List.of());
  private static final Outcome FAILED = Outcome.failed(item("b.png"), "b.png is empty");
  private static final Outcome BUG =
      Outcome.failed(item("c.png"), Failure.of(new IllegalStateException("a bug")));

  private static WorkItem item(String name) {
    return new WorkItem(name, Location.of("out/" + name));
  }

  private static int code(Outcome... items) {
    return new RunReport("images", "id", List.of(items)).code();
  }

  @Test
  void theCodeNamesTheWorstThatHappened() {
    assertThat(code(DREAMED, Outcome.kept(item("d.png"), ""))).isZero();
    assertThat(code(FAILED)).isEqualTo(3);
    assertThat(code(DREAMED, FAILED)).isEqualTo(4);
    assertThat(code(BUG)).isEqualTo(1);
    assertThat(code(DREAMED, FAILED, BUG)).isEqualTo(1);
  }

  @Test
  void onlyABugIsPrintedWithItsTrace() {
    assertThat(printed(BUG)).contains("a bug", "\tat " + RunReportTest.class.getName());
    assertThat(printed(FAILED)).isEqualTo("reverie: b.png is empty\n");
  }

  private static String printed(Outcome outcome) {
    StringWriter text = new StringWriter();
    PrintWriter err = new PrintWriter(text, true);
    RunReport.printFailure("", outcome, new Console(err, err, false, false));
    return text.toString();
  }
}
