package io.reverie.video.decode;

import io.reverie.video.MediaSource;
import java.nio.charset.StandardCharsets;

/** Makes sources that only this package has. */
public final class PatchedSources {

  private PatchedSources() {}

  /** Returns a part from the middle of a file after other first bytes. */
  public static MediaSource of(MediaSource file) {
    byte[] head = "another head".getBytes(StandardCharsets.US_ASCII);
    return new PatchedSource(file.name(), file, head, 40, 300);
  }
}
