package io.reverie.jobs.deploy;

import java.util.List;
import java.util.stream.Stream;

/** The arguments of a video that is dreamed in a second: where it is matters, not how it looks. */
final class SmallDream {

  private static final List<String> SETTINGS =
      List.of("--size", "96x54", "--octaves", "1", "--iterations", "1", "--end", "0.5");

  private SmallDream() {}

  /**
   * Returns a command line.
   *
   * @param rest further options, the input and the output
   */
  static List<String> video(String... rest) {
    return Stream.of(Stream.of("video"), SETTINGS.stream(), Stream.of(rest))
        .flatMap(words -> words)
        .toList();
  }
}
