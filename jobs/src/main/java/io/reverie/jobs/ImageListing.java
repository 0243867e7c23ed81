package io.reverie.jobs;

import io.reverie.video.Stills;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds the images that a user means, and where each result goes. */
final class ImageListing {

  private ImageListing() {}

  static List<ImageItem> of(List<String> inputs, String output) {
    List<ImageItem> items = new ArrayList<>();
    boolean single = inputs.size() == 1 && Files.isRegularFile(Path.of(inputs.get(0)));
    boolean folder = output.endsWith("/") || Files.isDirectory(Path.of(output));
    if (single && !folder) {
      if (!Stills.supports(output)) {
        throw UserException.usage(
            "%s: an image is written as .png, .jpg, .webp or .tif".formatted(output));
      }
      return List.of(new ImageItem(inputs.get(0), output));
    }
    for (String input : inputs) {
      items.addAll(below(input, Path.of(output)));
    }
    return items;
  }

  private static List<ImageItem> below(String input, Path output) {
    Path path = Path.of(input);
    if (Files.isDirectory(path)) {
      return listed(path, file -> true, input, output);
    }
    if (Files.exists(path)) {
      return List.of(item(path, path.toAbsolutePath().getParent(), output));
    }
    int wild = firstWildcard(input);
    if (wild < 0) {
      throw UserException.environment(
          "there is no file or folder %s; check the path".formatted(input));
    }
    Path base = Path.of(input.substring(0, input.lastIndexOf('/', wild) + 1));
    PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + input);
    return listed(base, glob, input, output);
  }

  private static int firstWildcard(String input) {
    for (int i = 0; i < input.length(); i++) {
      if ("*?[{".indexOf(input.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<ImageItem> listed(Path base, PathMatcher wanted, String input, Path output) {
    try (Stream<Path> files = Files.walk(base)) {
      List<ImageItem> items =
          files
              .filter(Files::isRegularFile)
              .filter(wanted::matches)
              .filter(file -> Stills.supports(file.getFileName().toString()))
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .map(file -> item(file, base, output))
              .toList();
      if (items.isEmpty()) {
        throw UserException.environment(
            "%s holds no images (.png, .jpg, .webp, .tif)".formatted(input));
      }
      return items;
    } catch (IOException e) {
      throw UserException.environment("cannot list %s: %s".formatted(input, e), e);
    }
  }

  private static ImageItem item(Path file, Path base, Path output) {
    Path relative = base.toAbsolutePath().relativize(file.toAbsolutePath());
    return new ImageItem(file.toString(), output.resolve(relative).toString());
  }
}
