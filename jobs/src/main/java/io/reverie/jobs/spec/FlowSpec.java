package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.jobs.error.UserException;
import io.reverie.video.motion.FlowMethod;
import io.reverie.video.motion.FlowSettings;
import io.reverie.video.motion.Interpolation;
import java.io.Serializable;

/** The keys {@code video.flow.*} of {@code reference.yaml}. */
public record FlowSpec(FlowMethod method, double scale, Interpolation warp)
    implements Serializable {

  public FlowSpec {
    if (!(scale > 0 && scale <= 1)) {
      throw UserException.usage("video.flow.scale must be above 0 and at most 1, not " + scale);
    }
  }

  @JsonIgnore
  public FlowSettings settings() {
    return new FlowSettings(method, scale, warp);
  }
}
