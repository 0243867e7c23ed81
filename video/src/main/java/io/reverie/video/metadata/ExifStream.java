package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.exif.ExifEditor;
import io.reverie.video.metadata.exif.TiffDirectory;
import io.reverie.video.metadata.exif.TiffTag;
import io.reverie.video.metadata.xmp.PrivateData;
import java.util.Arrays;
import java.util.Optional;

/** EXIF data: a TIFF stream, whose offsets count from its start. */
final class ExifStream {

  /** The prefix of the stream in JPEG files and, by mistake, in some WebP and PNG files. */
  static final byte[] PREFIX = {'E', 'x', 'i', 'f', 0, 0};

  private static final int FIRST_TURNED = 5;
  private static final int SRGB = 1;

  private ExifStream() {}

  static byte[] withoutPrefix(byte[] stream) {
    return ByteView.of(stream).has(0, PREFIX)
        ? Arrays.copyOfRange(stream, PREFIX.length, stream.length)
        : stream;
  }

  /** Returns whether the picture is stored on its side. */
  static boolean isTurned(byte[] stream) {
    long orientation = TiffDirectory.first(ByteView.of(stream)).number(TiffTag.ORIENTATION, 1);
    return orientation >= FIRST_TURNED && orientation <= 8;
  }

  /**
   * Describes an upright picture of another size without thumbnails; copies of XMP, IPTC and a
   * profile inside the stream go, since they have their own places.
   *
   * @param srgb whether its pixels are sRGB, otherwise a profile says what they are
   */
  static byte[] described(byte[] stream, int width, int height, boolean srgb) {
    boolean turned = isTurned(stream);
    ExifEditor exif = new ExifEditor(stream);
    exif.removeThumbnails();
    exif.remove(
        exif.root(),
        tag ->
            tag == TiffTag.XMP
                || tag == TiffTag.IPTC
                || tag == TiffTag.ICC
                || tag == TiffTag.PHOTOSHOP
                || tag == TiffTag.SUB_DIRECTORIES);
    TiffDirectory root = exif.root();
    exif.set(root, TiffTag.ORIENTATION, 1);
    exif.set(root, TiffTag.WIDTH, width);
    exif.set(root, TiffTag.HEIGHT, height);
    if (turned) {
      exif.exchange(root, TiffTag.X_RESOLUTION, TiffTag.Y_RESOLUTION);
    }
    Optional<TiffDirectory> pixels = exif.sub(TiffTag.EXIF);
    pixels.ifPresent(
        directory -> {
          exif.set(directory, TiffTag.PIXEL_WIDTH, width);
          exif.set(directory, TiffTag.PIXEL_HEIGHT, height);
          if (srgb) {
            exif.set(directory, TiffTag.COLOUR_SPACE, SRGB);
          }
        });
    exif.sub(TiffTag.INTEROPERABILITY)
        .ifPresent(
            directory -> {
              exif.set(directory, TiffTag.RELATED_WIDTH, width);
              exif.set(directory, TiffTag.RELATED_HEIGHT, height);
              if (srgb) {
                exif.remove(directory, tag -> tag == TiffTag.INTEROPERABILITY_INDEX);
              }
            });
    return exif.bytes();
  }

  /** Returns a shorter stream; empty if nothing else is in it. */
  static Optional<byte[]> withoutMakerNote(byte[] stream) {
    ExifEditor exif = new ExifEditor(stream);
    exif.sub(TiffTag.EXIF)
        .ifPresent(directory -> exif.remove(directory, tag -> tag == TiffTag.MAKER_NOTE));
    return ExifBuilder.of(exif.root(), new MetadataBuilder());
  }

  /** Removes positions, serial numbers, owners, and the maker notes that have them too. */
  static byte[] withoutPrivate(byte[] stream) {
    ExifEditor exif = new ExifEditor(stream);
    exif.removeSub(TiffTag.GPS);
    for (TiffDirectory directory : exif.all()) {
      exif.remove(directory, PrivateData::isTag);
    }
    return exif.bytes();
  }
}
