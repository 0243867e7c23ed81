package io.reverie.video.metadata;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The ancillary data of a still, in the form that every format shares.
 *
 * @param icc colour profile
 * @param exif a TIFF stream, without JPEG's prefix {@code Exif}
 * @param xmp a packet, with the extension that a JPEG may have
 * @param iptc an IPTC-IIM record
 * @param texts PNG's texts, a JPEG's comments
 * @param resolution density of the container itself, not of EXIF
 * @param losses sentences about what could not be read, each about "its" data
 */
public record StillMetadata(
    Optional<byte[]> icc,
    Optional<byte[]> exif,
    Optional<byte[]> xmp,
    Optional<byte[]> iptc,
    List<TextItem> texts,
    Optional<Resolution> resolution,
    List<String> losses) {

  private static final List<StillContainer> CONTAINERS =
      List.of(new PngContainer(), new JpegContainer(), new WebpContainer(), new TiffContainer());

  /** A still without ancillary data. */
  public static final StillMetadata NONE =
      new StillMetadata(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Optional.empty(),
          List.of());

  /**
   * A still with some of its data replaced.
   *
   * @param losses sentences about what the format cannot hold
   */
  public record Written(byte[] still, List<String> losses) {}

  /** Reads a whole file; damaged data is left out and named in the losses. */
  public static StillMetadata read(byte[] still) {
    return read(ByteBuffer.wrap(still));
  }

  /**
   * Reads a whole file from position 0; damaged data is left out and named in the losses.
   *
   * @param still left as it is
   */
  public static StillMetadata read(ByteBuffer still) {
    ByteView file = ByteView.of(still);
    MetadataBuilder found = new MetadataBuilder();
    CONTAINERS.stream()
        .filter(container -> container.matches(file))
        .findFirst()
        .ifPresent(
            container -> {
              try {
                container.read(file, found);
              } catch (IndexOutOfBoundsException
                  | IllegalArgumentException
                  | BufferUnderflowException e) {
                found.lose("its metadata is damaged and was left out in part");
              }
            });
    return found.build();
  }

  /**
   * Writes this data into an encoded still and replaces what it has of the same kind; other data
   * and the pixels stay as they are.
   *
   * @param still a file by an encoder, of the formats that Reverie writes
   */
  public Written write(byte[] still) {
    ByteView file = ByteView.of(still);
    return CONTAINERS.stream()
        .filter(container -> container.matches(file))
        .findFirst()
        .map(container -> container.write(still, this))
        .orElseGet(() -> new Written(still, List.of()));
  }

  /** Replaces the colour profile. */
  public StillMetadata withIcc(Optional<byte[]> profile) {
    return new StillMetadata(profile, exif, xmp, iptc, texts, resolution, losses);
  }
}
