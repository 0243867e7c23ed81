package io.reverie.jobs.zoom;

import io.reverie.core.Size;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.temporal.zoom.ZoomPlan.Stretch;
import io.reverie.temporal.zoom.ZoomSequence;
import java.io.IOException;
import java.util.Optional;

/** The files of a zoom's work folder: encoded stretches, and the state after the last one. */
record ZoomWork(WorkFolder folder) {

  private static final String CHECKPOINT = "segment-000000.checkpoint";

  static String stretch(Stretch stretch) {
    return "segment-000000-%03d".formatted(stretch.number());
  }

  Optional<ZoomSequence.State> state(Size size) throws IOException {
    return folder.loadCheckpoint(CHECKPOINT, in -> ZoomSequence.State.read(in, size));
  }

  void save(ZoomSequence.State state) throws IOException {
    folder.saveCheckpoint(CHECKPOINT, out -> state.write(out));
  }
}
