package io.reverie.core.engine;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Functions of libtorch that DJL does not expose, by their mangled C++ names. */
final class TorchLibrary {

  private TorchLibrary() {}

  /**
   * Finds an exported function.
   *
   * @return empty if this build of libtorch does not export it
   */
  static Optional<Function> function(String symbol) {
    Path library = Torch.libraryFolder().resolve(System.mapLibraryName("torch_cpu"));
    if (!Files.exists(library)) {
      return Optional.empty();
    }
    try {
      return Optional.of(NativeLibrary.getInstance(library.toString()).getFunction(symbol));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
