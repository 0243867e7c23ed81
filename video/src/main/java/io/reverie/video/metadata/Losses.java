package io.reverie.video.metadata;

import java.util.List;
import java.util.Optional;

/** The sentences about what a format cannot hold. */
final class Losses {

  private Losses() {}

  /** Returns the item unless it has more bytes than the format allows. */
  static Optional<byte[]> within(
      Optional<byte[]> item, long limit, String sentence, List<String> losses) {
    Optional<byte[]> fitting = item.filter(bytes -> bytes.length <= limit);
    if (item.isPresent() && fitting.isEmpty()) {
      losses.add(sentence);
    }
    return fitting;
  }
}
