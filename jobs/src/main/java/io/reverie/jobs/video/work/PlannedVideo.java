package io.reverie.jobs.video.work;

import io.reverie.jobs.kept.KeptDream;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Sha256;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;

/**
 * A video as the driver and Spark's closures know it: of the same size however long it is. What
 * exists for each frame is in the work folder, where {@link #open} reads it.
 *
 * @param workItem where the result goes
 * @param resolved what it is dreamed with
 * @param target the form of the output
 * @param identity a hash of the input's listing
 * @param work stores segments until all are finished
 * @param kept the dream that outlasts the work folder, if it is kept or was
 * @param shots cuts and flashes of a dry run, which leaves no work folder; otherwise none
 */
public record PlannedVideo(
    WorkItem workItem,
    ResolvedSpec resolved,
    OutputTarget target,
    String identity,
    VideoWork work,
    KeptDream kept,
    List<Shots> shots)
    implements Serializable {

  /** Version of the work-folder format; raise it when the format changes. */
  private static final int WORK_LAYOUT = 6;

  public PlannedVideo {
    shots = List.copyOf(shots);
  }

  /** A video that was found, before anything is known of its frames. */
  public static PlannedVideo of(SpecifiedItem item, InputVideo input, RunOptions options) {
    Location output = item.item().output();
    OutputTarget target = OutputTarget.of(output, item.resolved().spec());
    String all =
        String.join(
            "\n",
            input.identity(),
            item.resolved().id(),
            output.absolute(),
            target.segmentFormat(),
            Integer.toString(WORK_LAYOUT));
    return new PlannedVideo(
        item.item(),
        item.resolved(),
        target,
        Sha256.of(input.identity()),
        new VideoWork(WorkFolder.of(output, Sha256.of(all).substring(0, 16), options)),
        KeptDream.NONE,
        List.of());
  }

  public PlannedVideo with(KeptDream dream) {
    return new PlannedVideo(workItem, resolved, target, identity, work, dream, shots);
  }

  public PlannedVideo with(Shots detected) {
    return new PlannedVideo(workItem, resolved, target, identity, work, kept, List.of(detected));
  }

  public PipelineSpec spec() {
    return resolved.spec();
  }

  public Location output() {
    return workItem.output();
  }

  /** A hash of everything that determines the frames. */
  public String key() {
    String name = work.folder().folder().name();
    return name.substring(name.lastIndexOf('-') + 1);
  }

  /** Reads what was found out about the frames; later calls in this process cost nothing. */
  public VideoItem open() throws IOException {
    return new VideoItem(this, VideoContents.of(this));
  }
}
