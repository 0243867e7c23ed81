package io.reverie.jobs.network;

import java.time.Duration;

/**
 * How long a download waits.
 *
 * @param idle without a byte from the server, from the request on
 * @param pause before the second attempt; it doubles with each further one
 * @param attempts at one address that bring no byte
 */
record Patience(Duration idle, Duration pause, int attempts) {

  static final Patience USUAL = new Patience(Duration.ofSeconds(30), Duration.ofSeconds(1), 4);

  /** Attempts at one address in all: a server may send a little each time. */
  int mostAttempts() {
    return 10 * attempts;
  }

  /**
   * The pause before an attempt.
   *
   * @param failures since the last byte, from 1
   */
  Duration pauseAfter(int failures) {
    return pause.multipliedBy(1L << Math.min(failures - 1, 5));
  }
}
