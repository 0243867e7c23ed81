package io.reverie.jobs.memory;

import io.reverie.core.Size;
import io.reverie.core.dream.param.Fourier;
import io.reverie.core.dream.param.Parameterisation;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.video.Colour;
import io.reverie.video.hdr.DisplayView;
import io.reverie.video.header.StillHeader;
import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.memory.ProcessMemory;

/**
 * Estimates the memory of a dream from its sizes: the arrays that exist at once at the peak. It
 * errs on the low side, so that nothing is refused that could be dreamed.
 *
 * @param size of the result
 * @param dreamSize of the largest octave
 */
public record DreamMemory(Size size, Size dreamSize, PipelineSpec spec) {

  /** Bytes of one pixel as three floats. */
  private static final double RGB = 12;

  /** Number of tensors of the dream's size when an octave starts. */
  private static final double START = 4;

  /** Largest number of frames in a queue between two stages, of which a segment has two. */
  public static final int QUEUE = 2;

  /** Number of arrays of a carried frame at the dream's size. */
  private static final double CARRIED = 10;

  /**
   * Number of arrays of a waiting frame at the dream's size: its source, and its motion since the
   * frame before, since the keyframe and to the newest frame.
   */
  private static final double WAITING = 5;

  /** Number of arrays of a carried frame at the result's size. */
  private static final double SHOWN = 3;

  /**
   * Bytes of activations and gradients of a small network, for each pixel that it processes at
   * once.
   */
  private static final double ACTIVATIONS = 512;

  /** Derives both sizes from the source's. */
  public static DreamMemory of(Size source, PipelineSpec spec) {
    Size size = spec.size().of(source);
    return new DreamMemory(size, spec.dreamSize().of(size), spec);
  }

  private double pixels() {
    return pixels(size);
  }

  private double dreamed() {
    return pixels(dreamSize);
  }

  private static double pixels(Size size) {
    return (double) size.width() * size.height();
  }

  /**
   * Memory for a still that is read and, if its size changes, scaled.
   *
   * @param converted whether its own colours are kept beside those that the network sees
   */
  public MemoryNeed still(StillHeader header, boolean converted) {
    MemoryNeed read = header.reading();
    MemoryNeed dream = dream();
    if (converted) {
      // Those of the source, and at the end those of the result.
      dream = new MemoryNeed(dream.heap() + 2 * RGB * pixels(), dream.other());
    }
    if (header.pixels() == (long) pixels()) {
      return read.or(dream);
    }
    double both = RGB * (header.pixels() + pixels());
    return read.or(new MemoryNeed(both, both)).or(dream);
  }

  /** Memory for a decoded image, until its result is encoded. */
  public MemoryNeed dream() {
    boolean whole = pixels() == dreamed();
    double arrays = whole ? 2 * dreamed() : 3 * dreamed() + 2 * pixels();
    double masked = spec.mask().isNone() ? 0 : 2 * dreamed();
    double mixed = spec.strength() == 1 ? 0 : dreamed();
    double encoded = 3 * pixels();
    return new MemoryNeed(
        RGB * (pixels() + arrays + masked + mixed) + encoded, tensors() + encoded);
  }

  /**
   * Memory for a frame of a video, with a carried dream and the frames that wait.
   *
   * @param colour an HDR frame is kept beside what a standard display shows of it
   */
  public MemoryNeed frame(Colour colour) {
    double shown = DisplayView.isHdr(colour) ? SHOWN + 1 : SHOWN;
    double waiting = spec.video().shot().waitingFrames() + 2 * QUEUE;
    return new MemoryNeed(
        RGB
            * ((shown + (shown - 2) * waiting) * pixels()
                + (CARRIED + WAITING * waiting) * dreamed()),
        tensors() + RGB * pixels());
  }

  private double tensors() {
    double copies = 0;
    copies += spec.smoothing().weight() > 0 || spec.blur().from() > 0 ? 1 : 0;
    copies += spec.decay() > 0 ? 1 : 0;
    copies += spec.laplacian() > 0 ? 3 : 0;
    double side = spec.tiling().side();
    double processed = side > 0 ? Math.min(dreamed(), side * side) : dreamed();
    return Math.max(START * RGB * dreamed(), ascent())
        + RGB * copies * dreamed()
        + ACTIVATIONS * processed;
  }

  /** The image, its gradient and the state of the optimiser. */
  private double ascent() {
    double state =
        spec.parameterisation() == Parameterisation.FOURIER ? Fourier.memory(dreamed()) : 0;
    return 2 * RGB * dreamed() + state;
  }

  /**
   * Refuses a need larger than this process can ever have.
   *
   * @param name of the input
   * @throws UserException that names the shortage
   */
  public void require(String name, MemoryNeed need) {
    if (Math.max(pixels(), dreamed()) > StillHeader.MAX_PIXELS) {
      throw UserException.environment(
          "%s: a dream of %s px exceeds the limit of %d million px; reduce --size"
              .formatted(
                  name,
                  dreamed() > pixels() ? dreamSize : size,
                  StillHeader.MAX_PIXELS / 1_000_000));
    }
    ProcessMemory.ofThisProcess()
        .shortage(need)
        .ifPresent(
            shortage -> {
              throw UserException.environment(
                  "%s: a dream of %s %s, or reduce %s"
                      .formatted(name, sizes(), shortage, remedy()));
            });
  }

  private String sizes() {
    return size + " px" + (size.equals(dreamSize) ? "" : " (at " + dreamSize + ")");
  }

  /** Suggests a smaller dream, unless the result alone is too large. */
  private String remedy() {
    MemoryNeed result = new DreamMemory(size, new Size(1, 1), spec).dream();
    if (ProcessMemory.ofThisProcess().shortage(result).isPresent()) {
      return "--size";
    }
    return spec.tiling().side() > 0
        ? "--dream-size"
        : "--dream-size, or dream in tiles (tile: auto)";
  }
}
