package io.reverie.video;

import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The name of numbered frames: {@code frames/%05d.png} or {@code frames/f%d.jpg}.
 *
 * @param text as the user gives it
 */
public record FramePattern(String text) implements Serializable {

  private static final Pattern NUMBER = Pattern.compile("%(?:0(\\d))?d");

  public FramePattern {
    if (!isPattern(text)) {
      throw new IllegalArgumentException("not a name of numbered frames: " + text);
    }
  }

  /** Whether a name stands for numbered frames; a file that is really called so does not. */
  public static boolean isPattern(String name) {
    Path file = Path.of(name);
    return file.getFileName() != null
        && NUMBER.matcher(file.getFileName().toString()).find()
        && !Files.exists(file);
  }

  /** The file of a number. */
  public Path file(long number) {
    Path path = Path.of(text);
    Matcher place = place(path);
    String digits = place.group(1) == null ? "%d" : "%0" + place.group(1) + "d";
    String name = path.getFileName().toString();
    return path.resolveSibling(
        name.substring(0, place.start()) + digits.formatted(number) + name.substring(place.end()));
  }

  /** The files that are there, in the order of their numbers, whatever the first is. */
  public List<Path> files() {
    Path path = Path.of(text).toAbsolutePath();
    String name = path.getFileName().toString();
    Matcher place = place(path);
    Pattern numbered =
        Pattern.compile(
            Pattern.quote(name.substring(0, place.start()))
                + "(\\d{1,18})"
                + Pattern.quote(name.substring(place.end())));
    try (Stream<Path> files = Files.list(path.getParent())) {
      return files
          .map(file -> numbered.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .sorted((a, b) -> Long.compare(Long.parseLong(a.group(1)), Long.parseLong(b.group(1))))
          .map(match -> path.resolveSibling(match.group()))
          .toList();
    } catch (IOException e) {
      throw new MediaException("%s: there is no folder %s".formatted(text, path.getParent()), e);
    }
  }

  private static Matcher place(Path path) {
    Matcher place = NUMBER.matcher(path.getFileName().toString());
    place.find();
    return place;
  }
}
