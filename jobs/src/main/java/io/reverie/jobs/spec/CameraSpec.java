package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.reverie.jobs.error.UserException;
import io.reverie.video.motion.CameraMotion;
import java.io.Serializable;

/** The keys {@code camera.*} of {@code reference.yaml}. */
public record CameraSpec(double zoom, double rotate, double x, double y) implements Serializable {

  private static final double MOST = 10;

  public CameraSpec {
    if (!(zoom >= 1 / MOST && zoom <= MOST)) {
      throw UserException.usage("camera.zoom must be from 0.1 to 10, not " + zoom);
    }
    requireWithin("rotate", rotate, 180);
    requireWithin("x", x, 100);
    requireWithin("y", y, 100);
  }

  private static void requireWithin(String name, double value, int most) {
    if (!(Math.abs(value) <= most)) {
      throw UserException.usage(
          "camera.%s must be from -%d to %d, not %s".formatted(name, most, most, value));
    }
  }

  @JsonIgnore
  public CameraMotion motion() {
    return new CameraMotion(zoom, rotate, x, y);
  }
}
