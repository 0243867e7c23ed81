package io.reverie.jobs.preview;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.StillPreview;
import io.reverie.jobs.listing.NoFile;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.preview.CellTask.Result;
import io.reverie.jobs.preview.Subject.StillSubject;
import io.reverie.jobs.preview.Subject.VideoSubject;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TaskGpu;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.Setting;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.jobs.video.VideoPreview;
import io.reverie.video.FramePattern;
import io.reverie.video.header.HeaderException;
import io.reverie.video.header.Pictures;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Shows an input in many looks, on one page: plans the looks, dreams each small, writes the page
 * and a contact sheet.
 *
 * @param hasWeights whether the weights of a spec are here, without a download
 * @param resolver finds the weights of a spec and sends them to the executors
 */
public record PreviewJob(
    JavaSparkContext spark,
    RunOptions options,
    Predicate<SpecLoader.Loaded> hasWeights,
    Function<SpecLoader.Loaded, ResolvedSpec> resolver) {

  /**
   * Dreams each look small and writes the page and the contact sheet.
   *
   * @param notices receives sentences about looks that were left out
   * @throws UserException if nothing can be shown
   */
  public PreviewReport run(PreviewRequest request, Consumer<String> notices) {
    try {
      return run(request, PreviewFiles.of(request.input(), request.output()), notices);
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  private PreviewReport run(PreviewRequest request, PreviewFiles files, Consumer<String> notices)
      throws IOException {
    long start = System.nanoTime();
    if (!options.overwrite() && files.exist()) {
      return PreviewReport.kept(request, files);
    }
    boolean video = isVideo(Location.of(request.input()));
    LookPlan plan = new LookPlanner(request, video, hasWeights).plan();
    plan.notes().forEach(notices);
    Subject subject = subject(request, video, plan);
    List<Cell> cells = cells(request, plan, subject);
    if (options.dryRun()) {
      return PreviewReport.planned(request, files, subject, cells, plan.notes());
    }
    List<Result> results = dream(request, subject, cells);
    double seconds = (System.nanoTime() - start) / 1e9;
    Preview preview = new Preview(request, plan, subject, cells, results, slots(), seconds);
    if (!preview.isEmpty()) {
      files.write(preview);
    }
    return PreviewReport.of(preview, files);
  }

  private int slots() {
    return Math.max(1, spark.defaultParallelism());
  }

  /**
   * Returns whether an input is dreamed as a video: numbered frames, animations, and all but
   * stills.
   */
  private static boolean isVideo(Location input) throws IOException {
    Storage storage = Storage.of(input);
    if (storage.find(input).isEmpty()) {
      if (FramePattern.isPattern(input.name())) {
        return true;
      }
      throw storage.isFolder(input)
          ? UserException.environment(
              "%s is a folder; name one picture or video to preview".formatted(input))
          : NoFile.input(input);
    }
    try (SeekableByteChannel file = StoredMedia.of(input).open()) {
      return Pictures.of(file).map(Pictures::animated).orElseGet(() -> !Stills.reads(input.name()));
    } catch (HeaderException e) {
      return !Stills.reads(input.name());
    }
  }

  private Subject subject(PreviewRequest request, boolean video, LookPlan plan) throws IOException {
    Location nowhere =
        Location.of(request.input()).sibling(Location.of(request.input()).name() + ".look.webp");
    if (video) {
      PipelineSpec spec = resolver.apply(plan.looks().get(0).load()).spec().withDefaultEncoding();
      OutputTarget.of(nowhere, spec);
      WorkItem item = new WorkItem(request.input(), nowhere);
      return new VideoSubject(
          VideoPreview.of(spark, item, spec, request.frames(), options.quiet()));
    }
    if (request.motion()) {
      throw UserException.usage(
          "--motion needs a video, but %s is a still".formatted(request.input()));
    }
    return StillSubject.of(new StillPreview(new WorkItem(request.input(), nowhere)));
  }

  /** The source itself, then each look; an unknown layer is refused before any work. */
  private List<Cell> cells(PreviewRequest request, LookPlan plan, Subject subject) {
    List<Cell> cells = new ArrayList<>();
    Look first = plan.looks().get(0);
    cells.add(
        Cell.of(
            first.with(Setting.assignment("strength=0")).named("Source"),
            subject,
            request.side(),
            resolver));
    for (Look look : plan.looks()) {
      Cell cell = Cell.of(look, subject, request.side(), resolver);
      Dreamers.requireLayers(cell.preview());
      cells.add(cell);
    }
    return cells;
  }

  /** One task for each picture; what moves takes longest and comes first. */
  private List<Result> dream(PreviewRequest request, Subject subject, List<Cell> cells) {
    List<CellTask> tasks = new ArrayList<>();
    for (int cell = 0; cell < cells.size(); cell++) {
      ResolvedSpec resolved = cells.get(cell).preview();
      for (int picture = 0; picture < subject.pictures(); picture++) {
        tasks.add(new CellTask(cell, picture, false, resolved));
      }
      if (request.motion()) {
        tasks.add(new CellTask(cell, subject.pictures() / 2, true, resolved));
      }
    }
    tasks.sort(Comparator.comparing(CellTask::motion).reversed());
    Broadcast<Subject> shared = spark.broadcast(subject);
    try (TaskProgress progress =
        TaskProgress.start(spark.sc(), "Dreaming", tasks.size(), "pictures", options.quiet())) {
      RunOptions chosen = options;
      FrameCounter counter = progress.counter();
      return TaskGpu.of(options)
          .on(
              spark,
              spark
                  .parallelize(tasks, tasks.size())
                  .map(task -> task.run(shared.value(), chosen, counter)))
          .collect();
    }
  }
}
