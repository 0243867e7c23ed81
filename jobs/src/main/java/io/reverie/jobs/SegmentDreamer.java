package io.reverie.jobs;

import io.reverie.core.Image;
import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.spec.Recipe;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.FrameWriter;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.util.LongAccumulator;

/** Dreams one segment on an executor: decode, dream, encode, publish. */
record SegmentDreamer(Recipe recipe, LongAccumulator progress) implements Serializable {

  /**
   * What came of a segment; a failure is a value, since a task that throws four times takes the
   * whole job along.
   *
   * @param item the video's position in its job
   * @param frames written
   * @param corrupt of the source, damaged or missing
   * @param failure a sentence; empty if all went well
   */
  record Result(int item, int segment, int frames, int corrupt, double seconds, String failure)
      implements Serializable {}

  Result dream(int item, VideoItem video, Segment segment) {
    long begun = System.nanoTime();
    try {
      int[] counts = dream(video, segment);
      double seconds = (System.nanoTime() - begun) / 1e9;
      return new Result(item, segment.number(), counts[0], counts[1], seconds, "");
    } catch (IOException | RuntimeException e) {
      String sentence =
          Failure.sentence(e)
              .orElseThrow(() -> new IllegalStateException("segment " + segment.number(), e));
      return new Result(item, segment.number(), 0, 0, 0, sentence);
    }
  }

  private int[] dream(VideoItem video, Segment segment) throws IOException {
    Dreamer dreamer =
        new Dreamer(LoadedNetworks.of(recipe, Device.ofTask()), recipe.spec().dream());
    Path file = video.segmentFile(segment);
    Path part = video.target().newPart(file.getParent());
    int frames = 0;
    int corrupt = 0;
    try {
      try (FrameReader reader =
              video
                  .input()
                  .source()
                  .open(video.index(), segment.range(), Optional.of(video.size()));
          FrameWriter writer = video.target().writer(part, video)) {
        for (Optional<Frame> f = reader.next(); f.isPresent(); f = reader.next()) {
          writer.write(dream(dreamer, f.get(), video));
          frames++;
          corrupt += f.get().corrupt() ? 1 : 0;
          progress.add(1);
          stopIfKilled();
        }
        writer.finish();
      }
      WorkFolders.delete(file);
      Publishing.move(part, file);
    } finally {
      WorkFolders.delete(part);
    }
    return new int[] {frames, corrupt + segment.frames() - frames};
  }

  private static Frame dream(Dreamer dreamer, Frame frame, VideoItem video) {
    io.reverie.core.Size size = new io.reverie.core.Size(frame.height(), frame.width());
    io.reverie.core.Size dreamSize =
        new io.reverie.core.Size(video.dreamSize().height(), video.dreamSize().width());
    Image image = new Image(size, frame.rgb());
    return frame.withRgb(dreamer.dream(image, dreamSize, frame.pts()).image().rgb());
  }

  private static void stopIfKilled() {
    TaskContext context = TaskContext.get();
    if (context != null) {
      context.killTaskIfInterrupted();
    }
  }
}
