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
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * What the dream needs of PyTorch beyond DJL's common interface: gradients in many threads at once.
 *
 * <p>DJL's gradient collector is one per JVM. The calls below it are thread-safe as long as every
 * thread sets its own gradient mode, which this class alone does.
 */
public final class Torch {

  private static final int BILINEAR = 1;
  private static final int BICUBIC = 3;

  private static final Engine ENGINE = start();

  private Torch() {}

  private static Engine start() {
    // Without it DJL asks cloud metadata addresses who it runs on. Nothing phones home.
    System.setProperty("ai.djl.offline", "true");
    Engine engine = Engine.getEngine("PyTorch");
    NnPack.switchOff(LibUtils.getLibtorchPath());
    return engine;
  }

  /** A root scope for tensors on a device; the caller closes it. */
  public static NDManager newManager(Device device) {
    return ENGINE.newBaseManager(device);
  }

  /** How many GPUs the engine can use. */
  public static int gpus() {
    return ENGINE.getGpuCount();
  }

  /**
   * Gives the system back the memory of tensors that are closed. The C library keeps it, which is
   * faster while dreams are of one size; after images of gigabytes it would be wasted.
   */
  public static void giveBackMemory() {
    FreeMemory.giveBack();
  }

  /** The memory of the first GPU in bytes, whoever uses it at the moment. */
  public static long gpuMemory() {
    return CudaUtils.getGpuMemory(Device.gpu()).getMax();
  }

  /**
   * Lets operations of the calling thread use one core: two dreams on a core each beat one on two,
   * and sums keep their order.
   */
  public static void useOneThread() {
    JniUtils.setNumThreads(1);
  }

  /**
   * The gradient of a scalar with respect to an image.
   *
   * @param image any shape, not changed
   * @param step the scope that the gradient and every intermediate result belong to
   * @param energy computes the scalar, on the calling thread, from a copy of the image
   * @return dE/dimage, of the image's shape, in {@code step}
   */
  public static NDArray gradient(NDArray image, NDManager step, Function<NDArray, NDArray> energy) {
    boolean before = JniUtils.isGradMode();
    try {
      JniUtils.setGradMode(false);
      // A fresh leaf each time: gradients accumulate, and so nothing needs to be zeroed.
      NDArray leaf = image.duplicate();
      leaf.attach(step);
      leaf.setRequiresGradient(true);
      JniUtils.setGradMode(true);
      NDArray scalar = energy.apply(leaf);
      NDArray one = step.ones(scalar.getShape(), scalar.getDataType());
      JniUtils.backward((PtNDArray) scalar, (PtNDArray) one, false, false);
      JniUtils.setGradMode(false);
      NDArray gradient = leaf.getGradient();
      gradient.attach(step);
      return gradient;
    } finally {
      JniUtils.setGradMode(before);
    }
  }

  /** Runs without recording for a later gradient. */
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
   * Bilinear resampling with half-pixel centres: antialiased down, plain up.
   *
   * @param nhwc (1, H, W, C)
   */
  public static NDArray resize(NDArray nhwc, Size size) {
    return interpolate(nhwc, size, BILINEAR);
  }

  /** Bicubic resampling (a = -0.5) with half-pixel centres: antialiased down, plain up. */
  public static NDArray resizeBicubic(NDArray nhwc, Size size) {
    return interpolate(nhwc, size, BICUBIC);
  }

  private static NDArray interpolate(NDArray nhwc, Size size, int mode) {
    long[] sides = {size.height(), size.width()};
    // Else a handle on the image would be left behind, and its memory with it.
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
   * Adaptive average pooling: the maps are cut into {@code bins} x {@code bins} parts, and each
   * part's mean is one cell.
   *
   * @param nchw (N, C, H, W), of any H and W
   * @return (N, C, bins, bins)
   */
  public static NDArray meanOfBins(NDArray nchw, int bins) {
    return JniUtils.adaptiveAvgPool((PtNDArray) nchw, new Shape(bins, bins));
  }

  /** max(0, x). */
  public static NDArray relu(NDArray x) {
    return x.getNDArrayInternal().relu();
  }

  /**
   * Loads a TorchScript module with its weights frozen.
   *
   * @param manager the scope that owns the module
   * @return a function from an input in NCHW to its outputs by name: the keys of a dictionary, or
   *     "0", "1", ... for a tuple, list or single tensor; it throws an {@link EngineException}
   *     where the module fails, and an {@link UnsupportedOperationException} for anything else that
   *     it gives out
   * @throws DreamException if the file is no such module
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
          "%s is no TorchScript module (%s); export one with torch.jit.save, or, if it holds weights alone, name their architecture in the descriptor"
              .formatted(file, String.valueOf(e.getMessage()).lines().findFirst().orElse("")),
          e);
    }
  }

  private static Map<String, NDArray> run(PtSymbolBlock module, NDArray input) {
    // As in training: otherwise DJL runs the module without recording for a gradient.
    NDList results = IValueUtils.forward(module, new NDList(input), true);
    Map<String, NDArray> outputs = new LinkedHashMap<>();
    for (NDArray each : results) {
      String name = each.getName();
      outputs.put(name == null ? String.valueOf(outputs.size()) : name, each);
    }
    return outputs;
  }
}
