package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The built-in lists of class names, one name per line. */
final class ClassNames {

  private static final Map<String, String> FILES =
      new TreeMap<>(
          Map.of(
              "embedded", "/io/reverie/core/network/embedded/classes.txt",
              "imagenet", "/io/reverie/core/network/classes/imagenet.txt",
              "places365", "/io/reverie/core/network/classes/places365.txt"));

  private ClassNames() {}

  /** Returns whether these are the names of a built-in list. */
  static boolean contains(List<String> names) {
    return FILES.keySet().stream().anyMatch(list -> of(list, list).equals(names));
  }

  /**
   * Returns the names in the order of the network's outputs.
   *
   * @param origin place of the reference, for error messages
   */
  static List<String> of(String list, String origin) {
    if (!FILES.containsKey(list)) {
      throw new DreamException(
          "%s: unknown list of class names '%s'; choose one of %s, or list the names"
              .formatted(origin, list, String.join(", ", FILES.keySet())));
    }
    try (InputStream in = ClassNames.class.getResourceAsStream(FILES.get(list))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
