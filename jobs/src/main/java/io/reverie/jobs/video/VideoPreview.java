package io.reverie.jobs.video;

import io.reverie.core.Size;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.kept.KeptDream;
import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.memory.MemoryGate;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.plan.SegmentPlan;
import io.reverie.jobs.plan.Shot;
import io.reverie.jobs.process.Deletion;
import io.reverie.jobs.process.RunFolder;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.PreviewDream;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.index.ReadVideo;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.jobs.video.record.SegmentEnd;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoContent;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.jobs.video.work.VideoProbe;
import io.reverie.jobs.video.work.VideoWork;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.temporal.measure.StageTimer;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.video.Frame;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaException;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Dreams parts of a video as {@code reverie video} does, but for display only.
 *
 * @param range that a whole dream of it would cover
 * @param frames positions to look at: the middle of each of the longest shots, in order of time
 */
public record VideoPreview(
    InputVideo input, VideoIndex index, PtsRange range, Shots shots, List<Integer> frames)
    implements Serializable {

  public VideoPreview {
    frames = List.copyOf(frames);
  }

  /**
   * Probes a video and chooses its frames.
   *
   * @param count number of shots to look at
   * @throws UserException if it cannot be read
   */
  public static VideoPreview of(
      JavaSparkContext spark, WorkItem item, PipelineSpec spec, int count, boolean quiet) {
    ReadVideo probed = read(spark, item, spec);
    Shots shots =
        spec.video().cuts().detected()
            ? detected(spark, probed, quiet)
            : new Shots(spec.video().cuts().begins(probed.index()), List.of());
    List<Integer> frames =
        plan(probed.index(), probed.range(), shots, spec).shots().stream()
            .sorted(Comparator.comparingInt(Shot::frames).reversed())
            .limit(count)
            .map(shot -> middle(probed.index(), shot))
            .sorted()
            .toList();
    return new VideoPreview(probed.input(), probed.index(), probed.range(), shots, frames);
  }

  private record Reading(List<ReadVideo> read, String failure, boolean usage)
      implements Serializable {}

  private static ReadVideo read(JavaSparkContext spark, WorkItem item, PipelineSpec spec) {
    Reading reading =
        Tasks.run(spark, "Reading", List.of(item), each -> read(each, spec), result -> {}).get(0);
    if (reading.read().isEmpty()) {
      throw reading.usage()
          ? UserException.usage(reading.failure())
          : UserException.environment(reading.failure());
    }
    return reading.read().get(0);
  }

  private static Reading read(WorkItem item, PipelineSpec spec) {
    try {
      return new Reading(List.of(VideoProbe.read(item.input(), spec)), "", false);
    } catch (UserException e) {
      return new Reading(List.of(), e.getMessage(), e.kind() == UserException.Kind.USAGE);
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return new Reading(List.of(), Failure.of(e), false);
    }
  }

  /** The shots of a part of a video. */
  private record Part(Shots shots, String failure) implements Serializable {}

  private static Shots detected(JavaSparkContext spark, ReadVideo read, boolean quiet) {
    int frames = read.frames();
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Detecting cuts", frames, "frames", quiet)) {
      FrameCounter counter = progress.counter();
      List<Part> parts =
          Tasks.run(
              spark,
              "Detecting cuts",
              IntStream.range(0, VideoProbe.parts(frames)).boxed().toList(),
              part -> {
                Part detected = detect(read, part);
                counter.add(VideoProbe.framesOf(part, frames));
                return detected;
              },
              result -> {});
      parts.stream()
          .map(Part::failure)
          .filter(failure -> !failure.isEmpty())
          .findFirst()
          .ifPresent(
              failure -> {
                throw UserException.environment(failure);
              });
      return VideoProbe.joined(parts.stream().map(Part::shots).toList());
    }
  }

  private static Part detect(ReadVideo read, int part) {
    try {
      return new Part(VideoProbe.detect(read, part), "");
    } catch (RuntimeException | VirtualMachineError e) {
      return new Part(new Shots(List.of(), List.of()), Failure.of(e));
    }
  }

  private static int middle(VideoIndex index, Shot shot) {
    return index.first(shot.range().from()) + shot.frames() / 2;
  }

  private static SegmentPlan plan(
      VideoIndex index, PtsRange range, Shots shots, PipelineSpec spec) {
    return SegmentPlan.of(
        index,
        range,
        shots.cuts(),
        spec.video().segment(),
        spec.video().overlapFrames(),
        spec.video().chunk());
  }

  /** Returns the size of its frames as players show them. */
  public Size size() {
    return FrameImages.ofDream(index.size());
  }

  /** Returns the number of frames that a whole dream has. */
  public int frameCount() {
    return index.count(range);
  }

  /** Returns the number of segments that a whole dream is divided into. */
  public int segments(PipelineSpec spec) {
    return plan(index, range, shots, spec).segments().size();
  }

  /** Returns the time of a frame in seconds after the video's first. */
  public double seconds(int frame) {
    return (index.times()[frame] - index.times()[0]) * index.timeBase().toDouble();
  }

  /** Dreams one frame alone, in a Spark task. */
  public PreviewDream dream(ResolvedSpec resolved, Device device, int frame) throws IOException {
    VideoItem item = item(resolved, index.range(frame, frame + 1), folder().resolve("look.webp"));
    return MemoryGate.forThisProcess()
        .during(need(resolved.spec()).frame(index.colour()), () -> dream(item, device));
  }

  private static PreviewDream dream(VideoItem item, Device device) throws IOException {
    StageTimer timer = new StageTimer();
    try (FrameDreamer dreamer = new FrameDreamer(item, device.ofTask(), timer);
        FrameReader reader = item.reader(item.range())) {
      Frame frame =
          reader
              .next()
              .orElseThrow(
                  () ->
                      new MediaException(
                          "%s: no frame could be decoded at %s s"
                              .formatted(item.input().name(), item.seconds(item.range()))));
      FrameDreamer.Dreamed dreamed = dreamer.push(dreamer.prepare(frame)).get(0);
      Frame picture = dreamed.viewed().with(dreamed.dream().residual(), dreamed.strength());
      return new PreviewDream(picture, timer.take().of(Stage.ASCENT), List.of());
    }
  }

  /**
   * Dreams one second around a frame, within its shot, carried from frame to frame.
   *
   * @return an animated WebP
   */
  public byte[] motion(ResolvedSpec resolved, RunOptions options, FrameCounter frames, int at)
      throws IOException {
    long begun = System.currentTimeMillis();
    Path folder = folder();
    try {
      VideoItem item = item(resolved, second(at, resolved.spec()), folder.resolve("look.webp"));
      SegmentDreamer dreamer = new SegmentDreamer(options, frames);
      String failure = "";
      for (Segment segment : item.plan().segments()) {
        SegmentEnd end = dreamer.dream(item, segment);
        failure = failure.isEmpty() ? end.failure() : failure;
      }
      Outcome outcome =
          new VideoAssembly(item.planned(), options, failure, ItemListener.none(), begun).of(item);
      if (outcome.status() != Outcome.Status.DREAMED) {
        throw UserException.environment(outcome.message());
      }
      return Files.readAllBytes(folder.resolve("look.webp"));
    } finally {
      // The folder of this run is deleted at its end in any case.
      Deletion.deleteWhatCanBe(folder);
    }
  }

  /** Returns the range of the second around a frame that its shot covers. */
  private PtsRange second(int frame, PipelineSpec spec) {
    Shot shot =
        plan(index, range, shots, spec).shots().stream()
            .filter(each -> each.range().contains(index.times()[frame]))
            .findFirst()
            .orElseThrow();
    int first = index.first(shot.range().from());
    int rate = (int) Math.max(2, Math.round(index.rate().toDouble()));
    int from = Math.max(first, frame - rate / 2);
    return index.range(from, Math.min(first + shot.frames(), from + rate));
  }

  private VideoItem item(ResolvedSpec resolved, PtsRange part, Path output) {
    PipelineSpec spec = resolved.spec();
    Location location = new Location(output.toString());
    PlannedVideo planned =
        new PlannedVideo(
            new WorkItem(input.name(), location),
            resolved,
            OutputTarget.of(location, spec),
            "",
            new VideoWork(new WorkFolder(new Location(output.resolveSibling("work").toString()))),
            KeptDream.NONE,
            List.of());
    ReadVideo read =
        new ReadVideo(
            input, index, part, VideoProbe.loudness(input, index, spec.schedule().audioKeys()));
    // One segment: a second is too short for a seam.
    return new VideoItem(planned, VideoContent.of(planned, read, shots, Integer.MAX_VALUE, 0));
  }

  private DreamMemory need(PipelineSpec spec) {
    return DreamMemory.of(size(), spec);
  }

  private static Path folder() {
    return RunFolder.path().resolve("look-" + UUID.randomUUID());
  }
}
