package io.reverie.jobs.run;

import io.reverie.video.Frame;
import java.util.List;

/**
 * A dream made for display only.
 *
 * @param picture in sRGB
 * @param seconds that the dream took, without reading and writing
 */
public record PreviewDream(Frame picture, double seconds, List<String> warnings) {

  public PreviewDream {
    warnings = List.copyOf(warnings);
  }
}
