package io.reverie.jobs.run;

import io.reverie.jobs.error.UserException;
import java.io.Serializable;

/**
 * How many dreams of a device may share a pass of the network.
 *
 * @param images at least 1; 0 to choose by the device's memory, or 1 on a CPU
 */
public record BatchSize(int images) implements Serializable {

  public static final BatchSize AUTO = new BatchSize(0);

  /** Every dream passes alone. */
  public static final BatchSize ALONE = new BatchSize(1);

  private static final int MOST = 64;

  /** Tasks of a GPU whose batches are chosen by its memory. */
  private static final int USUAL = 4;

  public BatchSize {
    if (images < 0 || images > MOST) {
      throw new IllegalArgumentException("a batch cannot have %d images".formatted(images));
    }
  }

  /** Parses {@code auto} or a number. */
  public static BatchSize of(String text) {
    if (text.equals("auto")) {
      return AUTO;
    }
    if (!text.matches("\\d{1,2}") || text.matches("0+") || Integer.parseInt(text) > MOST) {
      throw UserException.usage(
          "--batch must be auto or a number from 1 to %d, not '%s'".formatted(MOST, text));
    }
    return new BatchSize(Integer.parseInt(text));
  }

  public boolean isAuto() {
    return images == 0;
  }

  /**
   * Returns whether dreams may pass a device together.
   *
   * @param device such as cpu or gpu0
   */
  public boolean sharesOn(String device) {
    return images > 1 || (isAuto() && device.startsWith("gpu"));
  }

  /**
   * Returns how many tasks of one process share its GPUs: as many for each as a batch has images,
   * but no more than there are cores.
   *
   * @return 0 without a GPU
   */
  public int tasks(int gpus, int cores) {
    return gpus * Math.max(1, Math.min(tasksPerGpu(), cores / Math.max(1, gpus)));
  }

  /** Returns how many tasks of a cluster share a GPU, if its executors have as many cores. */
  public int tasksPerGpu() {
    return isAuto() ? USUAL : images;
  }
}
