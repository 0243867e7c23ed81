package io.reverie.video.metadata;

import io.reverie.video.metadata.StillMetadata.Written;

/** How one format holds ancillary data. */
sealed interface StillContainer permits PngContainer, JpegContainer, WebpContainer, TiffContainer {

  /** What an encoder's file says about its pixels. */
  record Pixels(int width, int height, boolean grey) {}

  /** Returns whether a file has this format, judged by its first bytes. */
  boolean matches(ByteView still);

  /** Reads a stranger's file; may throw what {@link ByteView} throws. */
  void read(ByteView still, MetadataBuilder found);

  /** Describes an encoder's file. */
  Pixels pixels(ByteView still);

  /** Returns whether the format has a place for a text, outside XMP. */
  boolean holds(TextItem text);

  boolean hasIptc();

  /** Returns whether the format has a place for the density, outside EXIF. */
  boolean hasDensity();

  /** Replaces those items that are present. */
  Written write(byte[] still, StillMetadata metadata);
}
