package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.xmp.XmpStream;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Prepares a source's data for one encoded still: its upright pixels, its size, its format. */
final class Placement {

  private final StillContainer container;
  private final StillContainer.Pixels pixels;
  private final List<String> losses = new ArrayList<>();

  Placement(StillContainer container, ByteView still) {
    this.container = container;
    this.pixels = container.pixels(still);
  }

  List<String> losses() {
    return losses;
  }

  StillMetadata placed(StillMetadata source) {
    Optional<byte[]> icc = source.icc().filter(profile -> IccHeader.fits(profile, pixels.grey()));
    if (source.icc().isPresent() && icc.isEmpty()) {
      losses.add("its colour profile does not fit its pixels and was left out");
    }
    boolean srgb = icc.isEmpty();
    Optional<Resolution> density =
        source.resolution().map(d -> isTurned(source.exif()) ? d.turned() : d);
    return new StillMetadata(
        icc,
        exif(source.exif(), density, srgb),
        xmp(source, srgb),
        iptc(source.iptc()),
        source.texts().stream().filter(container::holds).toList(),
        density,
        List.of());
  }

  /** Prepares one item; a damaged one is left out. */
  private Optional<byte[]> item(String title, Supplier<byte[]> prepared) {
    try {
      return Optional.of(prepared.get());
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      losses.add("its %s is damaged and was left out".formatted(title));
      return Optional.empty();
    }
  }

  private static boolean isTurned(Optional<byte[]> exif) {
    try {
      return exif.map(ExifStream::isTurned).orElse(false);
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return false;
    }
  }

  private Optional<byte[]> exif(
      Optional<byte[]> source, Optional<Resolution> density, boolean srgb) {
    Optional<byte[]> exif =
        source.flatMap(
            stream ->
                item(
                    "EXIF data",
                    () -> ExifStream.described(stream, pixels.width(), pixels.height(), srgb)));
    if (container.hasDensity() || density.isEmpty()) {
      return exif;
    }
    return exif.flatMap(stream -> item("EXIF data", () -> ExifBuilder.with(stream, density.get())))
        .or(() -> Optional.of(ExifBuilder.of(density.get())));
  }

  private Optional<byte[]> xmp(StillMetadata source, boolean srgb) {
    Optional<byte[]> xmp =
        source
            .xmp()
            .flatMap(
                packet ->
                    item(
                        "XMP packet",
                        () ->
                            XmpStream.described(
                                packet, pixels.width(), pixels.height(), srgb, losses)));
    List<TextItem> texts = source.texts().stream().filter(t -> !container.holds(t)).toList();
    return texts.isEmpty() ? xmp : item("text", () -> XmpTexts.added(xmp, texts)).or(() -> xmp);
  }

  private Optional<byte[]> iptc(Optional<byte[]> source) {
    if (source.isPresent() && !container.hasIptc()) {
      losses.add("its IPTC record was left out, because the format cannot store it");
      return Optional.empty();
    }
    return source;
  }
}
