package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.jobs.UserException;
import io.reverie.video.motion.FlowMethod;
import io.reverie.video.motion.Interpolation;
import java.io.Serializable;

/** How motion is found and followed; see {@code reference.yaml}. */
public record FlowSpec(String method, double scale, String warp) implements Serializable {

  public FlowSpec {
    Choice.of("video.flow.method", FlowMethod.class, method);
    Choice.of("video.flow.warp", Interpolation.class, warp);
    if (!(scale > 0 && scale <= 1)) {
      throw UserException.usage("video.flow.scale must be above 0 and at most 1, not " + scale);
    }
  }

  @JsonIgnore
  public FlowMethod flowMethod() {
    return Choice.of("video.flow.method", FlowMethod.class, method);
  }

  @JsonIgnore
  public Interpolation interpolation() {
    return Choice.of("video.flow.warp", Interpolation.class, warp);
  }
}
