package io.reverie.jobs.video;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Work;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.FramePattern;
import io.reverie.video.encode.OutputFormat;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Dreams videos: plan, dream the segments, fade the seams, assemble, report. */
public record VideoJob(JavaSparkContext spark, ResolvedSpec recipe, RunOptions options) {

  /**
   * Runs the job.
   *
   * @param inputs files or patterns of numbered frames
   * @param output a file for one input, a folder for several
   * @return one outcome for each input, in their order
   */
  public List<Outcome> run(List<String> inputs, String output) {
    try {
      return dream(wishes(inputs, Location.of(output)), ItemListener.none());
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /**
   * Dreams each of several videos.
   *
   * @return one outcome for each wish, in their order
   */
  public List<Outcome> dream(List<WorkItem> wishes, ItemListener listener) throws IOException {
    // Refuses an unknown layer before any work.
    Dreamers.of(recipe, "cpu");
    return Work.run(new Videos(this, listener), wishes, options, listener);
  }

  /** The videos of one run; what was planned is dreamed. */
  private static final class Videos implements Work<WorkItem> {

    private final VideoJob job;
    private final ItemListener listener;
    private VideoPlan plan = VideoPlan.NOTHING;

    Videos(VideoJob job, ItemListener listener) {
      this.job = job;
      this.listener = listener;
    }

    @Override
    public WorkItem item(WorkItem video) {
      return video;
    }

    /** What may not be written is left to the plan, which says why. */
    @Override
    public boolean exists(WorkItem video) throws IOException {
      return VideoPlan.refusal(video, job.options).isEmpty()
          && OutputTarget.of(video.output(), job.recipe.spec()).exists();
    }

    @Override
    public List<Outcome> plan(List<WorkItem> missing) throws IOException {
      VideoProbe probe = new VideoProbe(job.spark, job.recipe.spec(), job.options.quiet());
      plan = VideoPlan.of(missing, job.recipe, job.options, probe, listener);
      return plan.outcomes();
    }

    @Override
    public List<Outcome> execute(List<WorkItem> planned) {
      return job.assemble(plan.items(), job.dream(plan.items()), listener);
    }
  }

  /**
   * Refuses an output that cannot be written with these settings.
   *
   * @throws UserException that says why
   */
  public void requireWritable(Location output) {
    OutputTarget.of(output, recipe.spec());
  }

  private static List<WorkItem> wishes(List<String> inputs, Location output) throws IOException {
    boolean folder = Storage.namesFolder(output);
    boolean several = inputs.size() > 1;
    if (several && !folder && OutputFormat.supports(output.name())) {
      throw UserException.usage(
          "%s is one file, and there are %d videos; name a folder"
              .formatted(output, inputs.size()));
    }
    List<WorkItem> wishes = new ArrayList<>();
    for (String input : inputs) {
      wishes.add(
          folder || several
              ? WorkItem.below(output, nameIn(input), input)
              : new WorkItem(input, output));
    }
    return wishes;
  }

  private static String nameIn(String input) throws IOException {
    Location location = Location.of(input);
    if (FramePattern.isPattern(location.name()) && Storage.of(location).find(location).isEmpty()) {
      throw UserException.usage("numbered frames want an output file, such as out.mp4");
    }
    return location.name();
  }

  private record SegmentTask(int item, Segment segment) implements Serializable {}

  private record SeamTask(int item, Seam seam, List<String> early, List<String> late)
      implements Serializable {}

  /** One task for each segment, the longest first; then one for each seam between them. */
  private List<SegmentResult> dream(List<VideoItem> items) {
    Broadcast<List<VideoItem>> all = spark.broadcast(items);
    List<SegmentResult> pieces = new ArrayList<>(dreamSegments(items, all));
    pieces.addAll(fadeSeams(items, pieces, all));
    return pieces;
  }

  private List<SegmentResult> dreamSegments(List<VideoItem> items, Broadcast<List<VideoItem>> all) {
    List<SegmentTask> work = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      for (Segment segment : items.get(i).plan().segments()) {
        work.add(new SegmentTask(i, segment));
      }
    }
    work.sort(Comparator.comparingInt((SegmentTask w) -> w.segment().frames()).reversed());
    long frames = work.stream().mapToInt(w -> w.segment().frames()).sum();
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Dreaming", frames, "frames", options.quiet())) {
      SegmentDreamer dreamer = new SegmentDreamer(recipe, options, progress.counter());
      return spark
          .parallelize(work, work.size())
          .map(w -> dreamer.dream(w.item(), all.value().get(w.item()), w.segment()))
          .collect();
    }
  }

  /** Seams of items that have not failed already. */
  private List<SegmentResult> fadeSeams(
      List<VideoItem> items, List<SegmentResult> dreamed, Broadcast<List<VideoItem>> all) {
    Set<Integer> failed =
        dreamed.stream()
            .filter(p -> !p.failure().isEmpty())
            .map(SegmentResult::item)
            .collect(Collectors.toSet());
    Map<List<Integer>, List<String>> sides = new HashMap<>();
    dreamed.forEach(p -> sides.put(List.of(p.item(), p.number()), p.sides()));
    List<SeamTask> work = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      for (Seam seam : failed.contains(i) ? List.<Seam>of() : items.get(i).plan().seams()) {
        List<String> early = Objects.requireNonNull(sides.get(List.of(i, seam.before())));
        List<String> late = Objects.requireNonNull(sides.get(List.of(i, seam.before() + 1)));
        work.add(new SeamTask(i, seam, of(seam, early), of(seam, late)));
      }
    }
    if (work.isEmpty()) {
      return List.of();
    }
    SeamFader fader = new SeamFader(recipe);
    return spark
        .parallelize(work, work.size())
        .map(f -> fader.fade(f.item(), all.value().get(f.item()), f.seam(), f.early(), f.late()))
        .collect();
  }

  private static List<String> of(Seam seam, List<String> sides) {
    return sides.stream()
        .filter(name -> name.startsWith(VideoWork.sidesOf(seam)))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private List<Outcome> assemble(
      List<VideoItem> items, List<SegmentResult> pieces, ItemListener listener) {
    List<VideoAssembly> assemblies =
        IntStream.range(0, items.size())
            .mapToObj(
                i -> new VideoAssembly(items.get(i), recipe, options, of(pieces, i), listener))
            .toList();
    return spark.parallelize(assemblies, assemblies.size()).map(VideoAssembly::run).collect();
  }

  /** An item's pieces in the order of their times. */
  private static List<SegmentResult> of(List<SegmentResult> pieces, int item) {
    return pieces.stream()
        .filter(p -> p.item() == item)
        .sorted(Comparator.comparingInt(SegmentResult::number).thenComparing(SegmentResult::seam))
        .collect(Collectors.toCollection(ArrayList::new));
  }
}
