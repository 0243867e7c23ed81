package io.reverie.video;

/**
 * Facts about a frame that its file contains besides the picture.
 *
 * @param resized whether it has another size than the video and was scaled to it, with bars where
 *     its shape differs
 * @param hdr10Plus whether it has dynamic metadata of SMPTE ST 2094-40
 */
public record FrameOrigin(boolean resized, boolean hdr10Plus) {

  public static final FrameOrigin UNKNOWN = new FrameOrigin(false, false);
}
