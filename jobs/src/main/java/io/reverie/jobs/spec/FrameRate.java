package io.reverie.jobs.spec;

import io.reverie.jobs.UserException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frames per second as the user writes them. */
final class FrameRate {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3})|/(\\d{1,9}))?");

  private FrameRate() {}

  /**
   * As numerator and denominator.
   *
   * @param key that it is the setting of, for messages
   */
  static int[] of(String key, String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw UserException.usage(
          "%s is such as 24, 23.976 or 30000/1001, not '%s'".formatted(key, text));
    }
    if (parts.group(3) != null) {
      return new int[] {Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(3))};
    }
    // Television's rates are thousandths of 1001 parts.
    return switch (text) {
      case "23.976" -> new int[] {24000, 1001};
      case "29.97" -> new int[] {30000, 1001};
      case "59.94" -> new int[] {60000, 1001};
      default -> new int[] {(int) Math.round(Double.parseDouble(text) * 1000), 1000};
    };
  }
}
