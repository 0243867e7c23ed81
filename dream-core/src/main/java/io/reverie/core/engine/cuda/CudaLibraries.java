package io.reverie.core.engine.cuda;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * NVIDIA's libraries on this machine.
 *
 * @param found in the order in which they must be loaded
 * @param missing in the same order
 */
record CudaLibraries(Map<CudaLibrary, Path> found, List<CudaLibrary> missing) {

  CudaLibraries {
    found = new EnumMap<>(found);
    missing = List.copyOf(missing);
  }

  /** Looks for each library in the folders; the first folder that has it counts. */
  static CudaLibraries in(List<Path> folders) {
    Map<CudaLibrary, Path> found = new EnumMap<>(CudaLibrary.class);
    List<CudaLibrary> missing = new ArrayList<>();
    for (CudaLibrary library : CudaLibrary.values()) {
      Optional<Path> file =
          folders.stream()
              .map(folder -> folder.resolve(library.file()))
              .filter(Files::isRegularFile)
              .findFirst();
      file.ifPresentOrElse(path -> found.put(library, path), () -> missing.add(library));
    }
    return new CudaLibraries(found, missing);
  }

  /** Says what is missing and which of NVIDIA's packages have it; empty if nothing is. */
  Optional<String> complaint() {
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    String files = missing.stream().map(CudaLibrary::file).collect(Collectors.joining(", "));
    String packages =
        missing.stream()
            .map(CudaLibrary::nvidiaPackage)
            .distinct()
            .collect(Collectors.joining(" "));
    return Optional.of(
        "libtorch for CUDA does not find %s; install NVIDIA's %s, or set LD_LIBRARY_PATH to the folder that has %s"
            .formatted(files, packages, missing.size() == 1 ? "it" : "them"));
  }
}
