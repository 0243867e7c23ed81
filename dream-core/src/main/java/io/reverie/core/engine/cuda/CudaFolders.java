package io.reverie.core.engine.cuda;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The folders in which NVIDIA's packages, archives and images put their libraries.
 *
 * @param root / except in tests
 */
record CudaFolders(Path root, Map<String, String> environment) {

  private static final System.Logger LOG = System.getLogger(CudaFolders.class.getName());

  private static final List<String> HOMES = List.of("CUDA_HOME", "CUDA_PATH");

  /** Below an installation of CUDA; the last is that of CUPTI. */
  private static final List<String> INSIDE =
      List.of("lib64", "targets/x86_64-linux/lib", "lib", "extras/CUPTI/lib64");

  private static final List<String> SYSTEM = List.of("usr/lib/x86_64-linux-gnu", "usr/lib64");

  CudaFolders {
    environment = Map.copyOf(environment);
  }

  static CudaFolders ofThisMachine() {
    return new CudaFolders(Path.of("/"), System.getenv());
  }

  /**
   * Returns the folders in the order of the dynamic linker: those of the environment, those that
   * the system's configuration names, and those of NVIDIA's packages.
   */
  List<Path> all() {
    Set<Path> folders = new LinkedHashSet<>();
    Stream.of(environment.getOrDefault("LD_LIBRARY_PATH", "").split("[:;]", -1))
        .forEach(name -> add(folders, name));
    for (String variable : HOMES) {
      String home = environment.getOrDefault(variable, "");
      INSIDE.forEach(below -> add(folders, home.isBlank() ? "" : home + "/" + below));
    }
    configured().forEach(name -> add(folders, name));
    for (Path installation : installations()) {
      INSIDE.forEach(below -> folders.add(installation.resolve(below)));
    }
    SYSTEM.forEach(name -> folders.add(root.resolve(name)));
    return folders.stream().filter(Files::isDirectory).toList();
  }

  private static void add(Set<Path> folders, String name) {
    try {
      if (!name.isBlank()) {
        folders.add(Path.of(name));
      }
    } catch (InvalidPathException e) {
      // The linker finds nothing there either.
      LOG.log(System.Logger.Level.DEBUG, name + " is not a folder", e);
    }
  }

  /** The folders of /etc/ld.so.conf.d, where NVIDIA's packages add theirs. */
  private List<String> configured() {
    List<String> names = new ArrayList<>();
    for (Path file : listed("etc/ld.so.conf.d", "*.conf")) {
      try (Stream<String> lines = Files.lines(file)) {
        lines.map(String::strip).filter(line -> line.startsWith("/")).forEach(names::add);
      } catch (IOException | UncheckedIOException e) {
        // The folders of the other files count nevertheless.
        LOG.log(System.Logger.Level.DEBUG, file + " is not readable", e);
      }
    }
    return names;
  }

  /** /usr/local/cuda and the versions next to it, the newest first. */
  private List<Path> installations() {
    List<Path> versions = new ArrayList<>(listed("usr/local", "cuda-12*"));
    versions.sort(Comparator.reverseOrder());
    versions.add(0, root.resolve("usr/local/cuda"));
    return versions;
  }

  private List<Path> listed(String folder, String pattern) {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(root.resolve(folder), pattern)) {
      all.forEach(files::add);
    } catch (IOException | DirectoryIteratorException e) {
      return List.of();
    }
    files.sort(Comparator.naturalOrder());
    return files;
  }
}
