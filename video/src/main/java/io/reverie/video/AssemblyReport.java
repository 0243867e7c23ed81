package io.reverie.video;

import java.util.List;

/**
 * The outcome of assembling a video.
 *
 * @param frames video frames in the output
 * @param warnings sentences about streams that were converted or dropped
 */
public record AssemblyReport(long frames, List<String> warnings) {

  public AssemblyReport {
    warnings = List.copyOf(warnings);
  }
}
