package io.reverie.jobs.spec;

import io.reverie.jobs.UserException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** A setting that is one of few words. */
final class Choice {

  private Choice() {}

  /** The constant of this name, which is written in small letters. */
  static <E extends Enum<E>> E of(String key, Class<E> words, String text) {
    return Arrays.stream(words.getEnumConstants())
        .filter(word -> name(word).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                UserException.usage(
                    "%s is %s, not '%s'"
                        .formatted(
                            key,
                            Arrays.stream(words.getEnumConstants())
                                .map(Choice::name)
                                .collect(Collectors.joining(" or ")),
                            text)));
  }

  /** As it is written. */
  static String name(Enum<?> word) {
    return word.name().toLowerCase(Locale.ROOT);
  }
}
