package io.reverie.video.metadata;

import io.reverie.video.metadata.bytes.ByteView;
import io.reverie.video.metadata.exif.ExifEditor;
import io.reverie.video.metadata.exif.TiffDirectory;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what a container has; of several items of a kind the first counts. */
final class MetadataBuilder {

  private static final int MAX_TEXTS = 1000;

  /** Damaged items after which no more are tried: each may inflate to megabytes. */
  private static final int MAX_DAMAGED = 10;

  /** Characters of all texts that are read, kept or not. */
  private static final long MAX_READ = 4L * ByteView.LONGEST;

  private byte @Nullable [] icc;
  private byte @Nullable [] exif;
  private byte @Nullable [] xmp;
  private byte @Nullable [] iptc;
  private final List<TextItem> texts = new ArrayList<>();
  private long textLength;
  private long readLength;
  private int damaged;
  private @Nullable Resolution resolution;
  private final List<String> losses = new ArrayList<>();

  /** Names a loss, once. */
  void lose(String sentence) {
    if (!losses.contains(sentence)) {
      losses.add(sentence);
    }
  }

  /** Reads one item; damage costs only this one. */
  private Optional<byte[]> item(String title, Supplier<byte[]> item) {
    if (damaged >= MAX_DAMAGED) {
      return Optional.empty();
    }
    try {
      return Optional.of(item.get());
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      damaged++;
      lose("its %s is damaged and was left out".formatted(title));
      return Optional.empty();
    }
  }

  void icc(Supplier<byte[]> profile) {
    if (icc == null) {
      icc =
          item(
                  "colour profile",
                  () -> {
                    byte[] bytes = profile.get();
                    if (!IccHeader.isWhole(bytes)) {
                      throw new IllegalArgumentException("not a profile");
                    }
                    return bytes;
                  })
              .orElse(null);
    }
  }

  void exif(Supplier<byte[]> stream) {
    if (exif == null) {
      exif =
          item("EXIF data", stream)
              .filter(bytes -> bytes.length > 0)
              .flatMap(bytes -> item("EXIF data", () -> new ExifEditor(bytes).bytes()))
              .orElse(null);
    }
  }

  void xmp(Supplier<byte[]> packet) {
    if (xmp == null) {
      xmp = item("XMP packet", packet).orElse(null);
    }
  }

  void iptc(Supplier<byte[]> record) {
    if (iptc == null) {
      iptc = item("IPTC record", record).filter(bytes -> bytes.length > 0).orElse(null);
    }
  }

  /** Counts a text that was read, whatever becomes of it. */
  void read(TextItem text) {
    readLength += text.text().length();
  }

  /** Returns whether no further text is read, and names that; checked before one is inflated. */
  boolean isFull() {
    boolean full =
        textLength > ByteView.LONGEST
            || texts.size() >= MAX_TEXTS
            || readLength > MAX_READ
            || damaged >= MAX_DAMAGED;
    if (full) {
      lose("it has more texts than can be kept");
    }
    return full;
  }

  void text(Supplier<TextItem> text) {
    if (isFull()) {
      return;
    }
    try {
      TextItem item = text.get();
      textLength += item.text().length();
      if (textLength <= ByteView.LONGEST) {
        texts.add(item);
      } else {
        lose("it has more texts than can be kept");
      }
    } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
      damagedText();
    }
  }

  void damagedText() {
    damaged++;
    lose("one of its texts is damaged and was left out");
  }

  /** Sets the density unless it is meaningless. */
  void resolution(double x, double y, boolean absolute) {
    if (resolution == null && x > 0 && y > 0 && x < 1e6 && y < 1e6) {
      resolution = new Resolution(x, y, absolute);
    }
  }

  StillMetadata build() {
    if (exif != null) {
      TiffContainer.density(TiffDirectory.first(ByteView.of(exif)), this);
    }
    return new StillMetadata(
        Optional.ofNullable(icc),
        Optional.ofNullable(exif),
        Optional.ofNullable(xmp),
        Optional.ofNullable(iptc),
        List.copyOf(texts),
        Optional.ofNullable(resolution),
        List.copyOf(losses));
  }
}
