package io.reverie.jobs.zoom;

import io.reverie.core.Size;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.temporal.zoom.ZoomPlan.Stretch;
import io.reverie.temporal.zoom.ZoomSequence;
import java.io.IOException;
import java.util.Optional;

/** What a work folder holds of a zoom: encoded stretches, and the state after the last of them. */
record ZoomWork(WorkFolder folder) {

  private static final String CHECKPOINT = "segment-000000.checkpoint";

  /** A stretch's file. */
  static String stretch(Stretch stretch) {
    return "segment-000000-%03d".formatted(stretch.number());
  }

  Optional<ZoomSequence.State> state(Size size) throws IOException {
    return folder.kept(CHECKPOINT, in -> ZoomSequence.State.read(in, size));
  }

  void keep(ZoomSequence.State state) throws IOException {
    folder.keep(CHECKPOINT, out -> state.write(out));
  }
}
