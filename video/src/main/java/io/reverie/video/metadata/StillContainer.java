package io.reverie.video.metadata;

import io.reverie.video.metadata.StillMetadata.Written;
import io.reverie.video.metadata.bytes.ByteView;

/** A format whose ancillary data is read and written. */
sealed interface StillContainer extends MetadataSource
    permits PngContainer, JpegContainer, WebpContainer, TiffContainer {

  /** The size and colours of an encoder's file. */
  record Pixels(int width, int height, boolean grey) {}

  /** Reads them from an encoder's file. */
  Pixels pixels(ByteView still);

  /** Returns whether the format has a place for a text, outside XMP. */
  boolean holds(TextItem text);

  /** Returns whether the format has a place for an IPTC record. */
  default boolean hasIptc() {
    return true;
  }

  /** Returns whether the format has a place for the density, outside EXIF. */
  default boolean hasDensity() {
    return true;
  }

  /** Replaces those items that are present. */
  Written write(byte[] still, StillMetadata metadata);
}
