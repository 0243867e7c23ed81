package io.reverie.jobs.spec.rule;

import io.reverie.jobs.error.UserException;
import io.reverie.video.Rational;
import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses frames per second. */
public final class FrameRate {

  private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3})|/(\\d{1,9}))?");

  /** Containers that count in milliseconds cannot represent more. */
  private static final long MOST = 1000;

  private FrameRate() {}

  /**
   * Parses a rate from 0.001 to 1000.
   *
   * @param key for error messages
   * @return in lowest terms
   */
  public static Rational of(String key, String text) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw UserException.usage(
          "invalid %s '%s'; expected a rate such as 24, 23.976 or 30000/1001".formatted(key, text));
    }
    int[] rate = parsed(text, parts);
    if (rate[0] > MOST * rate[1] || rate[1] > MOST * rate[0]) {
      throw UserException.usage("%s must be from 0.001 to %d, not %s".formatted(key, MOST, text));
    }
    int common = BigInteger.valueOf(rate[0]).gcd(BigInteger.valueOf(rate[1])).intValue();
    return new Rational(rate[0] / common, rate[1] / common);
  }

  private static int[] parsed(String text, Matcher parts) {
    if (parts.group(3) != null) {
      return new int[] {Integer.parseInt(parts.group(1)), Integer.parseInt(parts.group(3))};
    }
    return switch (text) {
      // NTSC rates are fractions of 1001.
      case "23.976" -> new int[] {24000, 1001};
      case "29.97" -> new int[] {30000, 1001};
      case "59.94" -> new int[] {60000, 1001};
      default -> new int[] {(int) Math.round(Double.parseDouble(text) * 1000), 1000};
    };
  }
}
