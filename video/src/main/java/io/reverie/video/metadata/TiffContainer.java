package io.reverie.video.metadata;

import io.reverie.video.metadata.StillMetadata.Written;
import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.exif.TiffDirectory;
import io.reverie.video.metadata.exif.TiffEntry;
import io.reverie.video.metadata.exif.TiffTag;
import java.util.List;

/**
 * TIFF's tags: 34675 (colour profile), 700 (XMP), 33723 (IPTC), the density, and those of EXIF,
 * which are TIFF's own. Of several pictures in a file, the first counts.
 */
record TiffContainer() implements StillContainer {

  private static final int INCH = 2;
  private static final int CENTIMETRE = 3;
  private static final int UNASSOCIATED_ALPHA = 2;

  @Override
  public boolean matches(ByteView still) {
    return TiffDirectory.isTiff(still);
  }

  @Override
  public void read(ByteView still, MetadataBuilder found) {
    TiffDirectory directory = TiffDirectory.first(still);
    directory.entry(TiffTag.ICC).ifPresent(icc -> found.icc(() -> directory.value(icc)));
    directory.entry(TiffTag.XMP).ifPresent(xmp -> found.xmp(() -> directory.value(xmp)));
    directory.entry(TiffTag.IPTC).ifPresent(iptc -> found.iptc(() -> directory.value(iptc)));
    density(directory, found);
    found.exif(() -> ExifBuilder.of(directory, found).orElse(new byte[0]));
  }

  /** Reads the density of a TIFF or an EXIF stream. */
  static void density(TiffDirectory directory, MetadataBuilder found) {
    long unit = directory.number(TiffTag.RESOLUTION_UNIT, INCH);
    double inches = unit == CENTIMETRE ? Resolution.INCH : 1;
    found.resolution(
        directory.rational(TiffTag.X_RESOLUTION) * inches,
        directory.rational(TiffTag.Y_RESOLUTION) * inches,
        unit == INCH || unit == CENTIMETRE);
  }

  @Override
  public Pixels pixels(ByteView still) {
    TiffDirectory directory = TiffDirectory.first(still);
    return new Pixels(
        (int) directory.number(TiffTag.WIDTH, 0),
        (int) directory.number(TiffTag.HEIGHT, 0),
        directory.number(TiffTag.PHOTOMETRIC, 0) <= 1);
  }

  @Override
  public boolean holds(TextItem text) {
    return false;
  }

  @Override
  public Written write(byte[] still, StillMetadata metadata) {
    TiffRewriter file = new TiffRewriter(still);
    TiffFields fields = file.fields();
    metadata.exif().ifPresent(file::putExif);
    boolean grey = file.number(TiffTag.PHOTOMETRIC) <= 1;
    int colours = grey ? 1 : 3;
    if (file.number(TiffTag.SAMPLES) == colours + 1 && !fields.has(TiffTag.EXTRA_SAMPLES)) {
      fields.putShort(TiffTag.EXTRA_SAMPLES, UNASSOCIATED_ALPHA);
    }
    metadata.icc().ifPresent(icc -> fields.put(TiffTag.ICC, TiffEntry.UNDEFINED, icc));
    metadata.xmp().ifPresent(xmp -> fields.put(TiffTag.XMP, TiffEntry.BYTE, xmp));
    metadata.iptc().ifPresent(iptc -> fields.put(TiffTag.IPTC, TiffEntry.UNDEFINED, iptc));
    metadata.resolution().ifPresent(fields::put);
    return new Written(file.bytes(), List.of());
  }
}
