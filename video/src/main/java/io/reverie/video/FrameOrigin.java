package io.reverie.video;

import java.util.Optional;

/**
 * What a file says of one of its frames besides the picture.
 *
 * @param resized whether it has another size than the video and was scaled to it, with bars where
 *     its shape differs
 * @param hdr10Plus dynamic metadata of SMPTE ST 2094-40 as a T.35 payload, from the application
 *     version on
 */
public record FrameOrigin(boolean resized, Optional<byte[]> hdr10Plus) {

  public static final FrameOrigin UNKNOWN = new FrameOrigin(false, Optional.empty());
}
