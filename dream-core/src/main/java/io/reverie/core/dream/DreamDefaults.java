package io.reverie.core.dream;

import io.reverie.core.network.descriptor.DescriptorKeys;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** {@code dream.yaml}: every key of a dream and its default, the only copy of both. */
public final class DreamDefaults {

  private static final String FILE = "dream.yaml";

  private static final Map<String, Object> KEYS = DescriptorKeys.parse(yaml(), FILE);

  private DreamDefaults() {}

  /** The file with its comments. */
  public static String yaml() {
    try (InputStream in = DreamDefaults.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Map<String, Object> keys() {
    return KEYS;
  }
}
