package io.reverie.video.encode;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the user says of the output's video stream; empty leaves it to the file's extension.
 *
 * @param codec a name of {@link VideoCodec}
 * @param quality the encoder's constant-quality number
 * @param bitrate bits per second, instead of a constant quality
 * @param pixelFormat FFmpeg's name
 */
public record EncodeOptions(
    Optional<String> codec,
    OptionalInt quality,
    OptionalLong bitrate,
    Optional<String> pixelFormat) {

  /** Nothing said. */
  public static final EncodeOptions AUTOMATIC =
      new EncodeOptions(
          Optional.empty(), OptionalInt.empty(), OptionalLong.empty(), Optional.empty());
}
