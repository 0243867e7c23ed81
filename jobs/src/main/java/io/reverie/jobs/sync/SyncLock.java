package io.reverie.jobs.sync;

/** The right to work below a prefix of results, which one sync has at a time. */
public interface SyncLock extends AutoCloseable {

  /**
   * Whether it is ours; if it is not from the beginning, another sync works. Asked often: it costs
   * nothing.
   */
  boolean isHeld();

  /** Whose it is, as people know it. */
  String holder();

  /** Gives it back, if it is ours. */
  @Override
  void close();
}
