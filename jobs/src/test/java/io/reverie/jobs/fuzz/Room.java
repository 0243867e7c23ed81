package io.reverie.jobs.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Folders for one input. A parser may write to {@code in} and {@code tmp}; anything that appears
 * elsewhere has escaped.
 *
 * @param kept files that others put into {@code tmp} before, such as unpacked libraries
 */
record Room(Path root, List<Path> kept) {

  static Room at(Path root) throws IOException {
    Room bare = new Room(root, List.of());
    Files.createDirectories(bare.in());
    Files.createDirectories(bare.tmp());
    try (Stream<Path> before = Files.list(bare.tmp())) {
      return new Room(root, before.toList());
    }
  }

  Path in() {
    return root.resolve("a/b/in");
  }

  Path tmp() {
    return root.resolve("a/b/tmp");
  }

  Path file(String name, byte[] content) throws IOException {
    return Files.write(in().resolve(name), content);
  }

  /** Empties the folders, and returns the names of escaped files. */
  List<String> empty() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      List<Path> left =
          all.filter(path -> !in().startsWith(path) && !tmp().startsWith(path))
              .filter(path -> kept.stream().noneMatch(path::startsWith))
              .sorted(Comparator.reverseOrder())
              .toList();
      for (Path path : left) {
        Files.deleteIfExists(path);
      }
      return left.stream()
          .filter(path -> !path.startsWith(in()) && !path.startsWith(tmp()))
          .map(path -> root.relativize(path).toString())
          .toList();
    }
  }
}
