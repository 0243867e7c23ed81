package io.reverie.video.assemble;

/**
 * Segments were written again after their times were noted, for example by another attempt of the
 * same task.
 */
final class StaleTimesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleTimesException() {
    super("the packets of the segments are not those that were recorded");
  }
}
