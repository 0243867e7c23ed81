package io.reverie.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkTest {

  private static final RunOptions PLAIN = options(false, false);

  @Test
  void missingResultsAreMadeAndExistingOnesAreKept() throws IOException {
    Recorded work = new Recorded(Set.of("out/b.png"), Set.of());
    List<Outcome> outcomes = Work.run(work, items("a", "b", "c"), PLAIN, ItemListener.none());
    assertThat(outcomes)
        .extracting(Outcome::status)
        .containsExactly(Status.DREAMED, Status.KEPT, Status.DREAMED);
    assertThat(work.executed).extracting(WorkItem::input).containsExactly("a.png", "c.png");
  }

  @Test
  void overwritingMakesEverything() throws IOException {
    Recorded work = new Recorded(Set.of("out/a.png"), Set.of());
    assertThat(Work.run(work, items("a"), options(true, false), ItemListener.none()))
        .extracting(Outcome::status)
        .containsExactly(Status.DREAMED);
  }

  @Test
  void aDryRunOnlyPlans() throws IOException {
    Recorded work = new Recorded(Set.of("out/a.png"), Set.of());
    assertThat(Work.run(work, items("a", "b"), options(false, true), ItemListener.none()))
        .extracting(Outcome::status)
        .containsExactly(Status.KEPT, Status.PLANNED);
    assertThat(work.executed).isEmpty();
  }

  @Test
  void whatCannotBePlannedIsNotExecutedAndTheListenerIsTold() throws IOException {
    Recorded work = new Recorded(Set.of("out/a.png"), Set.of("b.png"));
    List<String> ended = new ArrayList<>();
    ItemListener listener =
        new ItemListener() {
          private static final long serialVersionUID = 1L;

          @Override
          public void begun(WorkItem item) {}

          @Override
          public void ended(WorkItem item, Outcome outcome) {
            ended.add(item.input() + " " + outcome.status());
          }
        };
    assertThat(Work.run(work, items("a", "b", "c"), PLAIN, listener))
        .extracting(Outcome::status)
        .containsExactly(Status.KEPT, Status.FAILED, Status.DREAMED);
    assertThat(ended).containsExactly("a.png KEPT", "b.png FAILED");
    assertThat(work.executed).extracting(WorkItem::input).containsExactly("c.png");
  }

  @Test
  void nothingIsExecutedWhereEverythingIsKept() throws IOException {
    Recorded work = new Recorded(Set.of("out/a.png"), Set.of());
    assertThat(Work.run(work, items("a"), PLAIN, ItemListener.none())).hasSize(1);
    assertThat(Work.run(work, List.of(), PLAIN, ItemListener.none())).isEmpty();
    assertThat(work.executed).isEmpty();
  }

  @Test
  void twoInputsWithOneResultAreRefusedBeforeAnyWork() {
    Recorded work = new Recorded(Set.of(), Set.of());
    List<WorkItem> colliding =
        List.of(
            new WorkItem("a/x.png", Location.of("out/x.png")),
            new WorkItem("b/x.png", Location.of("out/x.png")));
    assertThatThrownBy(() -> Work.run(work, colliding, PLAIN, ItemListener.none()))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("a/x.png and b/x.png");
    assertThat(work.executed).isEmpty();
  }

  @Test
  void anInputNamedTwiceIsTakenOnce() throws IOException {
    Recorded work = new Recorded(Set.of(), Set.of());
    List<WorkItem> twice =
        List.of(
            new WorkItem("a.png", Location.of("out/a.png")),
            new WorkItem("./a.png", Location.of("out/a.png")));
    assertThat(Work.run(work, twice, PLAIN, ItemListener.none())).hasSize(1);
  }

  private static List<WorkItem> items(String... names) {
    return Arrays.stream(names)
        .map(name -> new WorkItem(name + ".png", Location.of("out/" + name + ".png")))
        .toList();
  }

  private static RunOptions options(boolean overwrite, boolean dryRun) {
    return new RunOptions(overwrite, dryRun, true, false, "", Device.AUTO, 0);
  }

  /** Work that only notes what is asked of it. */
  private static final class Recorded implements Work<WorkItem> {

    private final Set<String> existing;
    private final Set<String> unreadable;
    private final List<WorkItem> executed = new ArrayList<>();

    Recorded(Set<String> existing, Set<String> unreadable) {
      this.existing = existing;
      this.unreadable = unreadable;
    }

    @Override
    public WorkItem item(WorkItem work) {
      return work;
    }

    @Override
    public boolean exists(WorkItem work) {
      return existing.contains(work.output().text());
    }

    @Override
    public List<Outcome> plan(List<WorkItem> missing) {
      return missing.stream()
          .map(
              w ->
                  unreadable.contains(w.input())
                      ? Outcome.failed(w, "cannot be read")
                      : Outcome.planned(w, 1, ""))
          .toList();
    }

    @Override
    public List<Outcome> execute(List<WorkItem> planned) {
      executed.addAll(planned);
      return planned.stream().map(w -> Outcome.dreamed(w, 1, 0, List.of())).toList();
    }
  }
}
