package io.reverie.jobs.report;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats times and counts for people. */
final class Durations {

  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss 'UTC'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private Durations() {}

  /** Such as 0.4 s, 42 s, 3 min 20 s or 2 h 5 min. */
  static String of(double seconds) {
    if (seconds < 10) {
      return "%.1f s".formatted(seconds);
    }
    long s = Math.round(seconds);
    if (s < 60) {
      return s + " s";
    }
    if (s < 3600) {
      return s % 60 == 0 ? s / 60 + " min" : "%d min %d s".formatted(s / 60, s % 60);
    }
    long minutes = s / 60;
    return minutes % 60 == 0
        ? minutes / 60 + " h"
        : "%d h %d min".formatted(minutes / 60, minutes % 60);
  }

  /** A place in a video, such as 0:01.2 or 1:02:03. */
  static String place(double seconds) {
    long tenths = Math.round(seconds * 10);
    long s = tenths / 10;
    return s >= 3600
        ? "%d:%02d:%02d".formatted(s / 3600, s / 60 % 60, s % 60)
        : "%d:%02d.%d".formatted(s / 60, s % 60, tenths % 10);
  }

  static String clock(long millis) {
    return CLOCK.format(Instant.ofEpochMilli(millis));
  }

  /** A number with its noun, such as 1 frame or 1,200 frames. */
  static String count(long number, String noun) {
    return "%,d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }
}
