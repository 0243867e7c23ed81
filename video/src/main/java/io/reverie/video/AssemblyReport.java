package io.reverie.video;

import java.util.List;

/**
 * What came of an assembly.
 *
 * @param frames video frames in the output
 * @param warnings sentences on streams that were converted or left out
 */
public record AssemblyReport(long frames, List<String> warnings) {

  public AssemblyReport {
    warnings = List.copyOf(warnings);
  }
}
