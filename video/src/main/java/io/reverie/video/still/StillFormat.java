package io.reverie.video.still;

import io.reverie.video.FileExtension;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Output formats of stills, and what each can store. */
public enum StillFormat {
  PNG("PNG", 16, true, true, "png"),
  JPEG("JPEG", 8, false, true, "jpg", "jpeg"),
  WEBP("WebP", 8, true, false, "webp"),
  TIFF("TIFF", 32, true, true, "tif", "tiff"),
  OPEN_EXR("OpenEXR", 32, true, false, "exr");

  /** The extensions for messages. */
  public static final String EXTENSIONS =
      Arrays.stream(values())
          .map(format -> "." + format.extensions.get(0))
          .collect(Collectors.collectingAndThen(Collectors.toList(), StillFormat::listed));

  /** An immutable list, which the checker does not recognise. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final List<String> extensions;

  private final String title;
  private final int bits;
  private final boolean alpha;
  private final boolean grey;

  StillFormat(String title, int bits, boolean alpha, boolean grey, String... extensions) {
    this.title = title;
    this.bits = bits;
    this.alpha = alpha;
    this.grey = grey;
    this.extensions = List.of(extensions);
  }

  private static String listed(List<String> words) {
    int last = words.size() - 1;
    return String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** Returns the format of a file name, by its extension. */
  public static Optional<StillFormat> of(String fileName) {
    String extension = FileExtension.of(fileName);
    return Arrays.stream(values())
        .filter(format -> format.extensions.contains(extension))
        .findFirst();
  }

  /** Returns the usual name. */
  String title() {
    return title;
  }

  /** Returns the most bits per component. */
  int bits() {
    return bits;
  }

  boolean hasAlpha() {
    return alpha;
  }

  boolean hasGrey() {
    return grey;
  }
}
