package io.reverie.video;

import java.util.List;

/**
 * The outcome of assembling a video.
 *
 * @param frames video frames in the output
 * @param warnings sentences about streams that were converted or dropped
 * @param kept sentences about streams that were copied
 */
public record AssemblyReport(long frames, List<String> warnings, List<String> kept) {

  public AssemblyReport {
    warnings = List.copyOf(warnings);
    kept = List.copyOf(kept);
  }

  /** Reports a result without other streams. */
  public AssemblyReport(long frames, List<String> warnings) {
    this(frames, warnings, List.of());
  }
}
