package io.reverie.jobs.spec.rule;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.reverie.core.Size;
import io.reverie.jobs.error.UserException;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A size: {@code WxH}; {@code Wx} or {@code xH}, which keep the aspect ratio; or {@code auto} for
 * the source's own.
 */
public record SizeRule(@JsonValue String text) implements Serializable {

  private static final Pattern FORM = Pattern.compile("(\\d{0,5})x(\\d{0,5})");
  private static final int LARGEST = 32768;

  public SizeRule {
    Matcher sides = FORM.matcher(text);
    boolean plain = sides.matches() && text.length() > 1 && inRange(sides);
    if (!plain && !text.equals("auto")) {
      throw UserException.usage(
          "invalid size '%s'; expected WxH, 640x or x360, at most %d px".formatted(text, LARGEST));
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static SizeRule of(JsonNode setting) {
    return new SizeRule(setting.asText());
  }

  private static boolean inRange(Matcher sides) {
    for (int group = 1; group <= 2; group++) {
      String side = sides.group(group);
      if (!side.isEmpty() && (Integer.parseInt(side) < 1 || Integer.parseInt(side) > LARGEST)) {
        return false;
      }
    }
    return true;
  }

  /** Applies the rule to a source. */
  public Size of(Size source) {
    Matcher sides = FORM.matcher(text);
    if (!sides.matches()) {
      return source;
    }
    if (sides.group(2).isEmpty()) {
      int width = Integer.parseInt(sides.group(1));
      return new Size(width, kept(source.height(), width, source.width()));
    }
    int height = Integer.parseInt(sides.group(2));
    return sides.group(1).isEmpty()
        ? new Size(kept(source.width(), height, source.height()), height)
        : new Size(Integer.parseInt(sides.group(1)), height);
  }

  /** Returns the size if it does not depend on the source. */
  public Optional<Size> fixed() {
    Matcher sides = FORM.matcher(text);
    return sides.matches() && !sides.group(1).isEmpty() && !sides.group(2).isEmpty()
        ? Optional.of(of(new Size(1, 1)))
        : Optional.empty();
  }

  private static int kept(int side, int wanted, int other) {
    return (int) Math.max(1, Math.round((double) side * wanted / other));
  }
}
