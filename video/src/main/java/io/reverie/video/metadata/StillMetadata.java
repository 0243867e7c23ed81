package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.xmp.PrivateData;
import io.reverie.video.metadata.xmp.XmpStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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

  public StillMetadata {
    texts = List.copyOf(texts);
    losses = List.copyOf(losses);
  }

  private static final List<StillContainer> CONTAINERS =
      List.of(new PngContainer(), new JpegContainer(), new WebpContainer(), new TiffContainer());

  private static final List<MetadataSource> READ_ONLY = List.of(new GifComments(), new HeifItems());

  private static final String NO_PLACE =
      "its metadata has no place in this format and was left out";

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
    Stream.concat(CONTAINERS.stream(), READ_ONLY.stream())
        .filter(format -> format.matches(file))
        .findFirst()
        .ifPresent(
            format -> {
              try {
                format.read(file, found);
              } catch (IndexOutOfBoundsException
                  | IllegalArgumentException
                  | BufferUnderflowException e) {
                found.lose("its metadata is damaged and was left out in part");
              }
            });
    return found.build();
  }

  /** Returns whether a still's format has places for texts outside XMP. */
  public static boolean holdsTexts(byte[] still) {
    return new PngContainer().matches(ByteView.of(still));
  }

  /**
   * Writes this data into an encoded still and replaces what it has of the same kind; other data
   * and the pixels stay as they are. What is written describes the still: orientation 1, its size,
   * sRGB unless there is a profile, no thumbnail.
   *
   * @param still a file by an encoder, of the formats that Reverie writes
   */
  public Written write(byte[] still) {
    ByteView file = ByteView.of(still);
    return CONTAINERS.stream()
        .filter(container -> container.matches(file))
        .findFirst()
        .map(container -> written(container, file, still))
        .orElseGet(() -> new Written(still, isEmpty() ? List.of() : List.of(NO_PLACE)));
  }

  private boolean isEmpty() {
    return texts.isEmpty()
        && Stream.of(icc, exif, xmp, iptc, resolution).allMatch(Optional::isEmpty);
  }

  private Written written(StillContainer container, ByteView file, byte[] still) {
    Placement placement = new Placement(container, file);
    StillMetadata placed = placement.placed(this);
    List<String> all = new ArrayList<>(placement.losses());
    Written written;
    try {
      written = container.write(still, placed);
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      // Structures that only a conversion looks into.
      all.add("its EXIF data is damaged and was left out");
      written = container.write(still, placed.withExif(Optional.empty()));
    }
    all.addAll(written.losses());
    return new Written(written.still(), List.copyOf(all));
  }

  private StillMetadata withExif(Optional<byte[]> stream) {
    return new StillMetadata(icc, stream, xmp, iptc, texts, resolution, losses);
  }

  /** Replaces the XMP packet. */
  public StillMetadata withXmp(Optional<byte[]> packet) {
    return new StillMetadata(icc, exif, packet, iptc, texts, resolution, losses);
  }

  /** Replaces the texts. */
  public StillMetadata withTexts(List<TextItem> others) {
    return new StillMetadata(icc, exif, xmp, iptc, others, resolution, losses);
  }

  /**
   * Removes what tells where the picture was taken, with which device and by whose: positions,
   * places, serial and unique numbers, owners, maker notes.
   */
  public StillMetadata withoutPrivate() {
    MetadataBuilder kept = new MetadataBuilder();
    losses.forEach(kept::lose);
    icc.ifPresent(profile -> kept.icc(() -> profile));
    exif.ifPresent(stream -> kept.exif(() -> ExifStream.withoutPrivate(stream)));
    xmp.ifPresent(packet -> kept.xmp(() -> XmpStream.withoutPrivate(packet)));
    iptc.ifPresent(record -> kept.iptc(() -> Iptc.withoutPrivate(record)));
    texts.stream()
        .filter(text -> !PrivateData.isName(text.keyword()))
        .forEach(text -> kept.text(() -> text));
    resolution.ifPresent(d -> kept.resolution(d.x(), d.y(), d.absolute()));
    return kept.build();
  }

  /** Replaces the colour profile. */
  public StillMetadata withIcc(Optional<byte[]> profile) {
    return new StillMetadata(profile, exif, xmp, iptc, texts, resolution, losses);
  }
}
