package io.reverie.jobs.fuzz;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Parses untrusted bytes. */
interface Parser {

  /**
   * Parses an input as the program does.
   *
   * @param room where the input may be put into a file; emptied afterwards
   * @throws RuntimeException one of the documented kinds, see {@link Trial}, if it is refused
   */
  void read(byte[] input, Room room) throws IOException;

  /** Accepted inputs, at least one of each format. */
  List<byte[]> seeds(Room room) throws IOException;

  /** Keywords of the format. */
  default List<String> words() {
    return List.of();
  }

  /** The parsers by the names that {@code tools/fuzz} accepts. */
  enum Kind {
    WEIGHTS,
    ONNX,
    NOTES,
    YAML,
    STILLS,
    VIDEO;

    static Kind of(String name) {
      return Arrays.stream(values())
          .filter(kind -> kind.toString().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "no fuzz target '%s'; there are %s"
                          .formatted(name, Arrays.toString(values()))));
    }

    Parser parser() {
      return switch (this) {
        case WEIGHTS -> new WeightsParser();
        case ONNX -> new OnnxParser();
        case NOTES -> new NotesParser();
        case YAML -> new YamlParser();
        case STILLS -> new StillsParser();
        case VIDEO -> new VideoParser();
      };
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
