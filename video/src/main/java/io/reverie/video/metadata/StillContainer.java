package io.reverie.video.metadata;

import io.reverie.video.metadata.StillMetadata.Written;

/** How one format holds ancillary data. */
sealed interface StillContainer permits PngContainer, JpegContainer, WebpContainer, TiffContainer {

  /** Returns whether a file has this format, judged by its first bytes. */
  boolean matches(ByteView still);

  /** Reads a stranger's file; may throw what {@link ByteView} throws. */
  void read(ByteView still, MetadataBuilder found);

  /** Replaces those items that are present. */
  Written write(byte[] still, StillMetadata metadata);
}
