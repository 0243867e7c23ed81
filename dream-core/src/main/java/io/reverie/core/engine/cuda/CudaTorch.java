package io.reverie.core.engine.cuda;

import ai.djl.util.Utils;
import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import io.reverie.core.DreamException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses between libtorch for CUDA and libtorch for the CPU before the engine starts.
 *
 * <p>A build with {@code -Dgpu} has both. CUDA's cannot be loaded without NVIDIA's libraries: even
 * its libtorch_cpu.so is linked to some. So it is chosen where there is a GPU and all are found;
 * {@code PYTORCH_FLAVOR=cu128} or {@code cpu} decides otherwise. With {@code PYTORCH_LIBRARY_PATH}
 * the engine uses the libtorch in that folder.
 */
public final class CudaTorch {

  private static final String PATH = "PYTORCH_LIBRARY_PATH";
  private static final String FLAVOR = "PYTORCH_FLAVOR";
  private static final String VERSION = "PYTORCH_VERSION";

  /** The CUDA version of DJL's native library; that of libtorch, 12.9, has the same interface. */
  private static final String CUDA = "cu128";

  private static final String TORCH_VERSION = "2.7.1";

  private static final String NOT_BUILT =
      "this build has libtorch for the CPU only; build with -Dgpu";

  private static final String TORCH = "org/bytedeco/pytorch/linux-x86_64-gpu/";
  private static final String BLAS = "org/bytedeco/openblas/linux-x86_64/";

  /** The last three are what its libtorch_cpu.so multiplies matrices with. */
  static final List<String> MEMBERS =
      Stream.of(
              Stream.of(
                      "libgomp.so.1",
                      "libc10.so",
                      "libc10_cuda.so",
                      "libtorch_cpu.so",
                      "libtorch_cuda.so",
                      "libtorch_cuda_linalg.so",
                      "libtorch.so")
                  .map(TORCH::concat),
              Stream.of("jnilib/linux-x86_64/" + CUDA + "/libdjl_torch.so"),
              Stream.of("libquadmath.so.0", "libgfortran.so.5", "libopenblas.so.0")
                  .map(BLAS::concat))
          .flatMap(each -> each)
          .toList();

  /** dlopen's RTLD_LAZY without RTLD_GLOBAL: symbols of one library must not bind in another. */
  private static final Map<String, Object> LOCAL = Map.of(Library.OPTION_OPEN_FLAGS, 1);

  private CudaTorch() {}

  /**
   * The processor that the engine uses.
   *
   * @param noGpu why it has no GPU; empty if it may find some
   * @param isUnusable whether there is a GPU, or CUDA was demanded, that cannot be used
   * @param isDemanded whether the environment demands CUDA, which cannot be used
   */
  public record Choice(Optional<String> noGpu, boolean isUnusable, boolean isDemanded) {

    private static Choice cuda() {
      return new Choice(Optional.empty(), false, false);
    }

    private static Choice cpu(String reason) {
      return new Choice(Optional.of(reason), false, false);
    }

    private static Choice unusable(String reason, boolean demanded) {
      return new Choice(Optional.of(reason), true, demanded);
    }
  }

  /** Prepares the engine for CUDA where that is possible. Call once, before the engine starts. */
  public static Choice prepare() {
    if (!setting(PATH).isEmpty()) {
      return Choice.cuda();
    }
    String flavor = setting(FLAVOR).toLowerCase(Locale.ROOT);
    if (flavor.startsWith("cpu")) {
      return Choice.cpu(FLAVOR + " is " + flavor);
    }
    boolean demanded = flavor.startsWith("cu");
    try {
      Optional<NativeBundle> bundle = NativeBundle.of(MEMBERS);
      if (bundle.isEmpty()) {
        return demanded ? Choice.unusable(NOT_BUILT, true) : Choice.cpu(NOT_BUILT);
      }
      Optional<String> driver = demanded ? Optional.empty() : CudaDriver.complaint();
      return driver.map(Choice::cpu).orElseGet(() -> prepare(bundle.get(), demanded));
    } catch (DreamException e) {
      return Choice.unusable(e.getMessage(), demanded);
    }
  }

  private static Choice prepare(NativeBundle bundle, boolean demanded) {
    CudaLibraries libraries = CudaLibraries.in(CudaFolders.ofThisMachine().all());
    Optional<String> complaint = libraries.complaint();
    if (complaint.isPresent()) {
      return Choice.unusable(complaint.get(), demanded);
    }
    use(bundle, libraries);
    return Choice.cuda();
  }

  private static void use(NativeBundle bundle, CudaLibraries libraries) {
    Path folder =
        bundle.unpack(Utils.getEngineCacheDir("pytorch"), TORCH_VERSION + "-cuda-linux-x86_64");
    // By path: libtorch asks by name, and a library that is loaded counts wherever it is.
    libraries.found().values().forEach(CudaTorch::load);
    // DJL counts the GPUs with it.
    Path cudart = Objects.requireNonNull(libraries.found().get(CudaLibrary.CUDART));
    NativeLibrary.addSearchPath("cudart", String.valueOf(cudart.toAbsolutePath().getParent()));
    load(folder.resolve("libtorch.so"));
    System.setProperty(PATH, folder.toString());
    System.setProperty(FLAVOR, CUDA);
    System.setProperty(VERSION, TORCH_VERSION);
  }

  private static void load(Path library) {
    try {
      NativeLibrary.getInstance(library.toString(), LOCAL);
    } catch (UnsatisfiedLinkError e) {
      throw new DreamException(
          "%s cannot be loaded (%s); reinstall NVIDIA's packages for CUDA 12.9, or use PYTORCH_FLAVOR=cpu"
              .formatted(
                  library, String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip()),
          e);
    }
  }

  private static String setting(String name) {
    String value = Utils.getEnvOrSystemProperty(name);
    return value == null ? "" : value.strip();
  }
}
