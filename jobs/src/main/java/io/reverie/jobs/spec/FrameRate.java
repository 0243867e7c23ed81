package io.reverie.jobs.spec;

import io.reverie.jobs.error.UserException;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Frames per second as the user writes them. */
final class FrameRate {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3})|/(\\d{1,9}))?");

  private static final long MOST = 1000;

  private FrameRate() {}

  /**
   * As numerator and denominator in lowest terms; from 0.001 to 1000, the most that containers
   * which count in milliseconds can tell apart.
   *
   * @param key that it is the setting of, for messages
   */
  static int[] of(String key, String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw UserException.usage(
          "%s is such as 24, 23.976 or 30000/1001, not '%s'".formatted(key, text));
    }
    int[] rate = parsed(text, parts);
    if (rate[0] > MOST * rate[1] || rate[1] > MOST * rate[0]) {
      throw UserException.usage("%s must be from 0.001 to %d, not %s".formatted(key, MOST, text));
    }
    int common = BigInteger.valueOf(rate[0]).gcd(BigInteger.valueOf(rate[1])).intValue();
    return new int[] {rate[0] / common, rate[1] / common};
  }

  private static int[] parsed(String text, Matcher parts) {
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
