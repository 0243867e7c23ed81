package io.reverie.jobs.bench;

import java.util.Locale;

/** Constants as users write them. */
final class Names {

  private Names() {}

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
