package io.reverie.jobs.operation;

/** How many items the jobs of this driver have begun and not ended; for any thread. */
public final class Backlog {

  private static final Backlog CURRENT = new Backlog();

  private int running;
  private long planned;

  public static Backlog ofThisProcess() {
    return CURRENT;
  }

  /** Items of a job, until it is closed. */
  public interface Items extends AutoCloseable {
    @Override
    void close();
  }

  /** Adds the items that a job is about to work on. */
  public synchronized Items add(long items) {
    if (items < 0) {
      throw new IllegalArgumentException("there cannot be %d items".formatted(items));
    }
    running++;
    planned += items;
    return this::end;
  }

  /** Counts and logs an item that failed before a job took it. */
  public synchronized void refused(String item, String reason) {
    planned++;
    failed(item, reason);
  }

  /** Counts and logs an item of a job that failed outside of its tasks. */
  public void failed(String item, String reason) {
    WorkMeter.ofThisProcess().add(WorkCounter.FAILED_ITEMS, 1);
    new LogLine("refused")
        .with("item", item)
        .with("status", "failed")
        .with("reason", reason.lines().findFirst().orElse(""))
        .info();
  }

  private synchronized void end() {
    running--;
  }

  synchronized void clear() {
    running = 0;
    planned = 0;
  }

  /**
   * Returns the number of items that have not ended.
   *
   * @param ended items that have, since the application started
   */
  synchronized long waiting(long ended) {
    if (running <= 0) {
      // A job that ended with an error leaves items that never end.
      planned = ended;
    }
    return Math.max(0, planned - ended);
  }
}
