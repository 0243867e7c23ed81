package io.reverie.jobs.report;

import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/** Writes a page again and again while a run works, each time as a whole. */
final class Renewal implements AutoCloseable {

  /** Seconds between two renewals; also what an open page waits before it loads itself again. */
  static final int SECONDS = 5;

  /** A page that takes long to write, as to a slow store, is renewed more rarely. */
  private static final int SHARE = 20;

  /** Runs before the hooks of Spark and Hadoop, which close the file systems. */
  private static final int BEFORE_OTHERS = 100;

  private final ReportFile file;
  private final RunPage page;
  private final Story story;
  private final TaskWatch watch;
  private final Runnable interrupted;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread made = new Thread(work, "report");
            made.setDaemon(true);
            return made;
          });

  Renewal(ReportFile file, RunPage page, Story story, TaskWatch watch) {
    this.file = file;
    this.page = page;
    this.story = story;
    this.watch = watch;
    this.interrupted = this::interrupt;
  }

  /** Writes the first page, so that a place that cannot be written to is found before any work. */
  void begin() throws IOException {
    write();
    ShutdownHookManager.get().addShutdownHook(interrupted, BEFORE_OTHERS);
    thread.schedule(this::renew, SECONDS, TimeUnit.SECONDS);
  }

  private void renew() {
    long start = System.nanoTime();
    try {
      write();
    } catch (IOException | RuntimeException e) {
      // The next renewal, or the last page, may succeed; a run must not fail for its report.
      org.slf4j.LoggerFactory.getLogger(Renewal.class)
          .debug("report not renewed: {}", Failure.sentence(e).orElse(e.toString()));
    }
    long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    if (!thread.isShutdown()) {
      thread.schedule(this::renew, Math.max(SECONDS, SHARE * took), TimeUnit.SECONDS);
    }
  }

  private synchronized void write() throws IOException {
    file.write(page.of(story, watch));
  }

  /** Writes the last page; if that fails, the run has its results all the same. */
  List<Outcome> end(List<Outcome> outcomes) {
    stop();
    try {
      write();
      return outcomes;
    } catch (IOException e) {
      List<Outcome> warned = new ArrayList<>(outcomes);
      int last = warned.size() - 1;
      warned.set(
          last,
          warned
              .get(last)
              .with("the report was not written: " + Failure.sentence(e).orElse(e.toString())));
      return warned;
    }
  }

  /** Writes the last page of a run that an error ended. */
  void endAfter(Exception error) {
    stop();
    try {
      write();
    } catch (IOException e) {
      error.addSuppressed(e);
    }
  }

  private void interrupt() {
    story.end(Story.State.INTERRUPTED, "");
    try {
      write();
    } catch (IOException e) {
      // The process ends; the page keeps its last state.
    }
  }

  private void stop() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(interrupted);
    }
  }
}
