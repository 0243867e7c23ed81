package io.reverie.jobs.preview;

/** Formats times for people. */
final class EstimatedTime {

  private static final int MINUTE = 60;
  private static final int HOUR = 3600;
  private static final int DAY = 86400;

  private EstimatedTime() {}

  /** Rounds to what one wants to know before one waits. */
  static String text(double seconds) {
    if (seconds < 1) {
      return "less than 1 s";
    }
    if (seconds < 2 * MINUTE) {
      return Math.round(seconds) + " s";
    }
    if (seconds < 2 * HOUR) {
      return Math.round(seconds / MINUTE) + " min";
    }
    return seconds < 2 * DAY
        ? Math.round(seconds / HOUR) + " h"
        : Math.round(seconds / DAY) + " days";
  }
}
