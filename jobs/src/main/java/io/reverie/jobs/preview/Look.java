package io.reverie.jobs.preview;

import io.reverie.jobs.spec.Setting;
import io.reverie.jobs.spec.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Settings that a preview shows.
 *
 * @param name in the page
 * @param about a sentence, or empty
 * @param settings in the order of the command line
 */
record Look(String name, String about, List<Setting> settings) {

  Look {
    settings = List.copyOf(settings);
  }

  Look with(Setting more) {
    return new Look(name, about, Stream.concat(settings.stream(), Stream.of(more)).toList());
  }

  Look named(String other) {
    return new Look(other, about, settings);
  }

  /** The same on a command line. */
  List<String> words() {
    List<String> words = new ArrayList<>();
    settings.forEach(setting -> words.addAll(setting.words()));
    return words;
  }

  SpecLoader.Loaded load() {
    return SpecLoader.load(Setting.overlays(settings));
  }

  String yaml() {
    return SpecLoader.toYaml(Setting.overlays(settings));
  }
}
