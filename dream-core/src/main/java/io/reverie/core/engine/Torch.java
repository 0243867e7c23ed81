package io.reverie.core.engine;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.LibUtils;
import ai.djl.util.cuda.CudaUtils;
import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.engine.cuda.CudaTorch;
import java.lang.management.MemoryUsage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The PyTorch functions that DJL's common interface lacks: gradients in several threads, and
 * resampling.
 *
 * <p>DJL has one gradient collector per JVM. The native calls below it are thread-safe as long as
 * each thread sets its own gradient mode, and only this class sets it.
 */
public final class Torch {

  private static final int BILINEAR = 1;
  private static final int BICUBIC = 3;

  private static final CudaTorch.Choice CHOICE = prepare();

  private static final Engine ENGINE = start();

  private Torch() {}

  private static CudaTorch.Choice prepare() {
    // Otherwise DJL queries cloud metadata addresses. Reverie never phones home.
    System.setProperty("ai.djl.offline", "true");
    return CudaTorch.prepare();
  }

  private static Engine start() {
    Engine engine = Engine.getEngine("PyTorch");
    NnPack.disable();
    return engine;
  }

  /** Returns where libtorch was unpacked or installed. */
  static Path libraryFolder() {
    return Path.of(LibUtils.getLibtorchPath());
  }

  /**
   * Creates a root scope for tensors on a device; the caller closes it.
   *
   * @throws DreamException if the environment demands CUDA's libtorch, which cannot be used
   */
  public static NDManager newManager(Device device) {
    if (CHOICE.isDemanded()) {
      throw new DreamException(CHOICE.noGpu().orElseThrow());
    }
    return ENGINE.newBaseManager(device);
  }

  /** Returns the number of GPUs that the engine can use. */
  public static int gpus() {
    return ENGINE.getGpuCount();
  }

  /** Says why there is no GPU, and what to do about it; empty if there is one. */
  public static Optional<String> noGpu() {
    return gpus() > 0
        ? Optional.empty()
        : CHOICE
            .noGpu()
            .or(() -> Optional.of("libtorch finds no GPU; check the driver with nvidia-smi"));
  }

  /** Says why a GPU of this machine is not used although the build is for GPUs. */
  public static Optional<String> unusableGpu() {
    return CHOICE.isUnusable() && !CHOICE.isDemanded() ? CHOICE.noGpu() : Optional.empty();
  }

  /**
   * Returns the memory of closed tensors to the system. The C library keeps it for reuse, which
   * pays off while all dreams have one size but wastes gigabytes after a large image.
   */
  public static void trimMemory() {
    NativeHeap.trim();
  }

  /** Returns the total memory of the first GPU in bytes. */
  public static long gpuMemory() {
    return CudaUtils.getGpuMemory(Device.gpu()).getMax();
  }

  /**
   * Returns the free memory of a GPU in bytes.
   *
   * @param device such as gpu0
   */
  public static long freeGpuMemory(String device) {
    MemoryUsage usage = CudaUtils.getGpuMemory(Device.fromName(device));
    return usage.getMax() - usage.getCommitted();
  }

  /**
   * Limits operations of the calling thread to one core: two dreams on one core each are faster
   * than one on two, and sums keep their order.
   */
  public static void useOneThread() {
    JniUtils.setNumThreads(1);
  }

  /**
   * Computes the gradient of a scalar with respect to an image.
   *
   * @param image of any shape; not changed
   * @param step owns the gradient and all intermediate results
   * @param energy computes the scalar from a copy of the image, on the calling thread
   * @return dE/dimage, which has the shape of the image
   */
  public static NDArray gradient(NDArray image, NDManager step, Function<NDArray, NDArray> energy) {
    return pullback(
        image, step, energy, scalar -> step.ones(scalar.getShape(), scalar.getDataType()));
  }

  /**
   * Computes the gradient of the inner product of a function with a constant seed.
   *
   * @param image of any shape; not changed
   * @param step owns the gradient and all intermediate results
   * @param function of a copy of the image, called on the calling thread
   * @param seed computes the seed, of the function's shape, from its value
   * @return the gradient with the shape of the image
   */
  public static NDArray pullback(
      NDArray image,
      NDManager step,
      Function<NDArray, NDArray> function,
      UnaryOperator<NDArray> seed) {
    boolean before = JniUtils.isGradMode();
    try {
      JniUtils.setGradMode(false);
      // Gradients accumulate in a leaf, so each call uses a new one.
      NDArray leaf = image.duplicate();
      leaf.attach(step);
      leaf.setRequiresGradient(true);
      JniUtils.setGradMode(true);
      NDArray value = function.apply(leaf);
      NDArray constant = seed.apply(value.stopGradient());
      JniUtils.backward((PtNDArray) value, (PtNDArray) constant, false, false);
      JniUtils.setGradMode(false);
      NDArray gradient = leaf.getGradient();
      gradient.attach(step);
      return gradient;
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** Runs work without recording it for a gradient. */
  public static <T> T withoutGradient(java.util.function.Supplier<T> work) {
    boolean before = JniUtils.isGradMode();
    try {
      JniUtils.setGradMode(false);
      return work.get();
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /**
   * Resamples bilinearly with half-pixel centres, antialiased when shrinking.
   *
   * @param nhwc (1, H, W, C)
   */
  public static NDArray resize(NDArray nhwc, Size size) {
    return interpolate(nhwc, size, BILINEAR);
  }

  /** Resamples bicubically (a = -0.5) with half-pixel centres, antialiased when shrinking. */
  public static NDArray resizeBicubic(NDArray nhwc, Size size) {
    return interpolate(nhwc, size, BICUBIC);
  }

  private static NDArray interpolate(NDArray nhwc, Size size, int mode) {
    long[] sides = {size.height(), size.width()};
    // Otherwise a handle would keep the image's memory alive.
    try (NDManager scope = nhwc.getManager().newSubManager()) {
      NDArray nchw = nhwc.transpose(0, 3, 1, 2);
      nchw.attach(scope);
      NDArray resized =
          nchw.getNDArrayInternal().interpolation(sides, mode, false).transpose(0, 2, 3, 1);
      resized.attach(nhwc.getManager());
      return resized;
    }
  }

  /**
   * Adaptive average pooling: divides each map into {@code bins} x {@code bins} parts and returns
   * the mean of each.
   *
   * @param nchw (N, C, H, W)
   * @return (N, C, bins, bins)
   */
  public static NDArray adaptiveAveragePool(NDArray nchw, int bins) {
    return JniUtils.adaptiveAvgPool((PtNDArray) nchw, new Shape(bins, bins));
  }

  /** Returns max(0, x). */
  public static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  /**
   * Loads a TorchScript module with its weights frozen.
   *
   * @param manager owns the module
   * @return a function from an NCHW input to outputs by name: the keys of a dictionary, or "0",
   *     "1", ... for a tuple, list or single tensor; throws an {@link EngineException} if the
   *     module fails and an {@link UnsupportedOperationException} if it returns anything else
   * @throws DreamException if the file is not a TorchScript module
   */
  public static Function<NDArray, Map<String, NDArray>> loadScript(NDManager manager, Path file) {
    PtNDManager owner = (PtNDManager) manager;
    try {
      PtSymbolBlock module =
          JniUtils.loadModule(owner, file, true, new String[0], new String[0], true);
      JniUtils.enableInferenceMode(module);
      JniUtils.moduleGetParams(module, owner).forEach(w -> w.setRequiresGradient(false));
      return input -> run(module, input);
    } catch (EngineException e) {
      throw new DreamException(
          "%s is not a TorchScript module (%s); export one with torch.jit.save, or, if it contains only weights, name their architecture in the descriptor"
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private static Map<String, NDArray> run(PtSymbolBlock module, NDArray input) {
    // Training mode, because DJL otherwise runs the module without recording a gradient.
    NDList results = IValueUtils.forward(module, new NDList(input), true);
    Map<String, NDArray> outputs = new LinkedHashMap<>();
    for (NDArray each : results) {
      String name = each.getName();
      outputs.put(name == null ? String.valueOf(outputs.size()) : name, each);
    }
    return outputs;
  }
}
