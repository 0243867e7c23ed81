package io.reverie.video.still;

import java.io.Serializable;

/**
 * How stills are compressed.
 *
 * @param quality of JPEG and WebP, 1 to 100
 * @param subsampling of JPEG
 */
public record StillOptions(int quality, Subsampling subsampling) implements Serializable {

  public StillOptions {
    if (quality < 1 || quality > 100) {
      throw new IllegalArgumentException("quality must be from 1 to 100, not " + quality);
    }
  }
}
