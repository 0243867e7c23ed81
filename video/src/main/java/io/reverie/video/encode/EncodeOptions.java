package io.reverie.video.encode;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The user's options for the output's video stream; empty ones depend on the file extension.
 *
 * @param codec name of a {@link VideoCodec}
 * @param quality the encoder's constant-quality parameter
 * @param bitrate bits per second, replaces constant quality
 * @param pixelFormat FFmpeg's name
 */
public record EncodeOptions(
    Optional<String> codec,
    OptionalInt quality,
    OptionalLong bitrate,
    Optional<String> pixelFormat) {

  /** No options set. */
  public static final EncodeOptions AUTOMATIC =
      new EncodeOptions(
          Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), Optional.empty());
}
