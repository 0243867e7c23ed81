package io.reverie.jobs.images;

import io.reverie.video.header.HeaderException;
import io.reverie.video.header.Pictures;
import io.reverie.video.header.StillKind;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.Optional;

/** Reports the pictures of a file that are not dreamed: all but an animation's or TIFF's first. */
final class SkippedPictures {

  private SkippedPictures() {}

  /** Returns a warning if the file holds more than one picture. */
  static Optional<String> warning(StillInput input) throws IOException {
    if (input.media().isEmpty()) {
      return Optional.empty();
    }
    try (SeekableByteChannel file = input.media().get().open()) {
      return Pictures.of(file).filter(found -> found.count() > 1).map(SkippedPictures::sentence);
    } catch (HeaderException e) {
      return Optional.of("it " + e.getMessage());
    }
  }

  private static String sentence(Pictures found) {
    return "only the first of its %d %s was dreamed; `reverie video` dreams them all"
        .formatted(found.count(), found.kind() == StillKind.TIFF ? "pages" : "frames");
  }
}
