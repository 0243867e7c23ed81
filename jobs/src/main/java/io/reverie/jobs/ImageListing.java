package io.reverie.jobs;

import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.Stills;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds the images that a user means, and where each result goes. */
final class ImageListing {

  private ImageListing() {}

  static List<Wish> of(List<String> inputs, String output) throws IOException {
    Location target = Location.of(output);
    boolean folder = Storage.namesFolder(target);
    if (inputs.size() == 1 && isPicture(inputs.get(0)) && !folder) {
      if (!Stills.supports(target.name())) {
        throw UserException.usage(
            "%s: an image is written as .png, .jpg, .webp or .tif".formatted(output));
      }
      return List.of(new Wish(inputs.get(0), target));
    }
    List<Wish> wishes = into(target, inputs);
    if (Stills.supports(target.name()) && !folder) {
      throw UserException.usage(
          "%s is one file, and there may be several images; name a folder".formatted(output));
    }
    return wishes;
  }

  /** Results below a folder, under the names of their inputs. */
  static List<Wish> into(Location target, List<String> inputs) throws IOException {
    List<Wish> wishes = new ArrayList<>();
    for (String input : inputs) {
      wishes.addAll(below(Location.of(input), target));
    }
    return wishes;
  }

  static boolean isPicture(String input) throws IOException {
    return Original.isNoise(input) || isFile(Location.of(input));
  }

  private static boolean isFile(Location location) throws IOException {
    return Storage.of(location).find(location).isPresent();
  }

  private static List<Wish> below(Location input, Location output) throws IOException {
    if (Original.isNoise(input.text())) {
      return List.of(new Wish(input.text(), output.resolve("noise.png")));
    }
    if (isFile(input)) {
      return List.of(new Wish(input.text(), output.resolve(input.name())));
    }
    if (Storage.namesFolder(input)) {
      return listed(input, name -> true, input, output);
    }
    int wild = firstWildcard(input.text());
    if (wild < 0) {
      throw UserException.environment(
          "there is no file or folder %s; check the path".formatted(input));
    }
    int slash = input.text().lastIndexOf('/', wild);
    Location base = new Location(slash < 0 ? "." : input.text().substring(0, Math.max(1, slash)));
    PathMatcher glob =
        FileSystems.getDefault().getPathMatcher("glob:" + input.text().substring(slash + 1));
    return listed(base, name -> glob.matches(Path.of(name)), input, output);
  }

  private static int firstWildcard(String input) {
    for (int i = 0; i < input.length(); i++) {
      if ("*?[{".indexOf(input.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static List<Wish> listed(
      Location base, Predicate<String> wanted, Location input, Location output) throws IOException {
    try (Stream<Entry> files = Storage.of(base).list(base)) {
      List<Wish> wishes =
          files
              .map(Entry::location)
              .filter(file -> Stills.supports(file.name()) && !file.name().startsWith("."))
              .filter(file -> wanted.test(base.relative(file)))
              .sorted(Comparator.comparing(Location::text))
              .map(file -> new Wish(file.text(), output.resolve(base.relative(file))))
              .toList();
      if (wishes.isEmpty()) {
        throw UserException.environment(
            "%s holds no images (.png, .jpg, .webp, .tif)".formatted(input));
      }
      return wishes;
    }
  }
}
