package io.reverie.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbered stills as an output, such as {@code out/%05d.png}.
 *
 * @param pattern path of the stills; its file name holds one {@code %d} or {@code %0Nd}
 * @param bitDepth of the source; more than 8 are kept where the format can
 * @param quality of JPEG and WebP, 1 to 100
 */
public record FrameSequenceOutput(String pattern, int bitDepth, int quality) {

  private static final Pattern NUMBER = Pattern.compile("%(0[1-9])?d");

  public FrameSequenceOutput {
    if (!isNumbered(pattern)) {
      throw new MediaException(
          "%s does not name numbered stills; one that does is frames/%%05d.png".formatted(pattern));
    }
  }

  /** Whether a name stands for numbered stills of a format that can be written. */
  public static boolean isNumbered(String name) {
    Matcher numbers = NUMBER.matcher(fileName(name));
    return numbers.find() && !numbers.find() && Stills.supports(name);
  }

  /** The still of this number, from 0 or 1 on as the caller counts. */
  public static Path file(String pattern, long number) {
    String name = fileName(pattern);
    String numbered = NUMBER.matcher(name).replaceFirst(m -> m.group().formatted(number));
    return Path.of(pattern.substring(0, pattern.length() - name.length()) + numbered);
  }

  private static String fileName(String name) {
    return name.substring(name.lastIndexOf('/') + 1);
  }

  /** Writes one still; its folder must be there. */
  public Path write(Frame frame, long number) throws IOException {
    Path file = file(pattern, number);
    return Files.write(file, Stills.encode(frame, file.toString(), bitDepth, quality));
  }
}
