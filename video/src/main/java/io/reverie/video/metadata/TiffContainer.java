package io.reverie.video.metadata;

import io.reverie.video.metadata.StillMetadata.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  }

  private static void density(TiffDirectory directory, MetadataBuilder found) {
    long unit = directory.number(TiffTag.RESOLUTION_UNIT, INCH);
    double inches = unit == CENTIMETRE ? Resolution.INCH : 1;
    found.resolution(
        directory.rational(TiffTag.X_RESOLUTION) * inches,
        directory.rational(TiffTag.Y_RESOLUTION) * inches,
        unit == INCH || unit == CENTIMETRE);
  }

  @Override
  public Written write(byte[] still, StillMetadata metadata) {
    List<String> losses = new ArrayList<>();
    TiffRewriter file = new TiffRewriter(still);
    boolean grey = file.number(TiffTag.PHOTOMETRIC) <= 1;
    int colours = grey ? 1 : 3;
    if (file.number(TiffTag.SAMPLES) == colours + 1 && !file.has(TiffTag.EXTRA_SAMPLES)) {
      file.putShort(TiffTag.EXTRA_SAMPLES, UNASSOCIATED_ALPHA);
    }
    Optional<byte[]> icc = Losses.fitting(metadata.icc(), grey, losses);
    icc.ifPresent(profile -> file.put(TiffTag.ICC, TiffEntry.UNDEFINED, profile));
    metadata.xmp().ifPresent(xmp -> file.put(TiffTag.XMP, TiffEntry.BYTE, xmp));
    metadata.iptc().ifPresent(iptc -> file.put(TiffTag.IPTC, TiffEntry.UNDEFINED, iptc));
    metadata
        .resolution()
        .ifPresent(
            density -> {
              file.putRational(TiffTag.X_RESOLUTION, density.x());
              file.putRational(TiffTag.Y_RESOLUTION, density.y());
              file.putShort(TiffTag.RESOLUTION_UNIT, density.absolute() ? INCH : 1);
            });
    return new Written(file.bytes(), losses);
  }
}
