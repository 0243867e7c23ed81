package io.reverie.jobs;

import io.reverie.core.Size;
import io.reverie.jobs.camera.Dive;
import io.reverie.jobs.camera.DivePlan.Stretch;
import java.io.IOException;
import java.util.Optional;

/** What a work folder holds of a zoom: encoded stretches, and the state after the last of them. */
record ZoomWork(WorkFolder folder) {

  private static final String CHECKPOINT = "segment-000000.checkpoint";

  /** A stretch's file. */
  static String stretch(Stretch stretch) {
    return "segment-000000-%03d".formatted(stretch.number());
  }

  Optional<Dive.State> state(Size size) throws IOException {
    return folder.kept(CHECKPOINT, in -> Dive.State.read(in, size));
  }

  void keep(Dive.State state) throws IOException {
    folder.keep(CHECKPOINT, out -> state.write(out));
  }
}
