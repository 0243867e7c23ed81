package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;

/** A format whose ancillary data is read. */
sealed interface MetadataSource permits StillContainer, GifComments, HeifItems {

  /** Returns whether a file has this format, judged by its first bytes. */
  boolean matches(ByteView still);

  /** Reads a stranger's file; may throw what {@link ByteView} throws. */
  void read(ByteView still, MetadataBuilder found);
}
