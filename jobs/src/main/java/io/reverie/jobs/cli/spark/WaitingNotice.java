package io.reverie.jobs.cli.spark;

import io.reverie.jobs.terminal.Redaction;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import java.util.function.Consumer;
import org.apache.spark.SparkConf;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Says once that no executor takes the first tasks. Spark itself waits for ever, and warns only in
 * a log that is off.
 */
public final class WaitingNotice extends SparkListener implements AutoCloseable {

  /** Containers and images need their time. */
  public static final Duration PATIENCE = Duration.ofSeconds(45);

  private final SparkConf conf;
  private final Duration patience;
  private final Consumer<String> notices;
  private final Timer timer = new Timer("reverie waiting", true);
  private boolean submitted;

  /**
   * @param notices receives the sentence, on another thread
   */
  public WaitingNotice(SparkConf conf, Duration patience, Consumer<String> notices) {
    this.conf = conf;
    this.patience = patience;
    this.notices = notices;
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted stage) {
    if (!submitted) {
      submitted = true;
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              notices.accept(sentence());
            }
          },
          patience.toMillis());
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart start) {
    close();
  }

  private String sentence() {
    return "still waiting for an executor after %d s; %s may have no room for one (spark.executor.cores: %s, spark.executor.memory: %s), or cannot start it; see its web UI and logs"
        .formatted(
            patience.toSeconds(),
            Redaction.of(conf.get("spark.master")),
            conf.get("spark.executor.cores", "any"),
            conf.get("spark.executor.memory", "1g"));
  }

  @Override
  public synchronized void close() {
    submitted = true;
    timer.cancel();
  }
}
