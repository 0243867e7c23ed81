package io.reverie.jobs.report;

import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Rewrites a page repeatedly during a run, each time completely. */
final class PeriodicWriter implements AutoCloseable {

  /** Seconds between two renewals; also what an open page waits before it loads itself again. */
  static final int SECONDS = 5;

  /** A page that takes long to write, as to a slow store, is renewed more rarely. */
  private static final int SHARE = 20;

  /** Runs before the hooks of Spark and Hadoop, which close the file systems. */
  private static final int BEFORE_OTHERS = 100;

  private static final Logger LOG = LoggerFactory.getLogger(PeriodicWriter.class);

  private final ReportFile file;
  private final RunPage page;
  private final ReportContent content;
  private final TaskWatch watch;
  private final Runnable interrupted;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = new Thread(this::renew, "report");

  PeriodicWriter(ReportFile file, RunPage page, ReportContent content, TaskWatch watch) {
    this.file = file;
    this.page = page;
    this.content = content;
    this.watch = watch;
    this.interrupted = this::interrupt;
    thread.setDaemon(true);
  }

  /** Writes the first page, so that a place that cannot be written to is found before any work. */
  void begin() throws IOException {
    write();
    ShutdownHookManager.get().addShutdownHook(interrupted, BEFORE_OTHERS);
    thread.start();
  }

  private void renew() {
    long pause = SECONDS;
    try {
      while (!stopped.await(pause, TimeUnit.SECONDS)) {
        long start = System.nanoTime();
        writeIfPossible();
        long took = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        pause = Math.max(SECONDS, SHARE * took);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The next renewal, or the last page, may succeed; a run must not fail for its report. */
  private void writeIfPossible() {
    try {
      write();
    } catch (IOException | RuntimeException e) {
      LOG.debug("the report was not updated: {}", Failure.sentence(e).orElse(e.toString()));
    }
  }

  private synchronized void write() throws IOException {
    file.write(page.of(content, watch));
  }

  /** Writes the last page; if that fails, the run has its results all the same. */
  List<Outcome> end(List<Outcome> outcomes) {
    stop();
    try {
      write();
      return outcomes;
    } catch (IOException | RuntimeException e) {
      if (outcomes.isEmpty()) {
        return outcomes;
      }
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
    content.end(ReportContent.State.INTERRUPTED, "");
    writeIfPossible();
  }

  private void stop() {
    stopped.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stopped.countDown();
    if (!ShutdownHookManager.get().isShutdownInProgress()) {
      ShutdownHookManager.get().removeShutdownHook(interrupted);
    }
  }
}
