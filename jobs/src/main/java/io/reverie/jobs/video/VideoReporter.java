package io.reverie.jobs.video;

import io.reverie.jobs.plan.Shot;
import io.reverie.jobs.progress.TaskProgress;
import io.reverie.jobs.report.FilmPlan;
import io.reverie.jobs.report.FilmPlan.FilmShot;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.Tasks;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.video.PtsRange;
import io.reverie.video.VideoIndex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/** Adds the videos of a job to the report. */
record VideoReporter(List<VideoItem> items, LiveReport report) {

  static final String DREAMING = "Dreaming";

  VideoReporter {
    items = List.copyOf(items);
  }

  /** Tells what will be dreamed, and chooses the moments to show. */
  void plan() {
    if (!report.isWanted()) {
      return;
    }
    List<String> outputs = new ArrayList<>();
    List<List<Long>> times = new ArrayList<>();
    for (VideoItem item : items) {
      FilmPlan film = film(item);
      report.plan(film);
      if (outputs.size() < LiveReport.MAX_PICTURES) {
        int first = item.index().first(item.range().from());
        outputs.add(film.output());
        times.add(
            film.moments(LiveReport.moments(items.size())).stream()
                .map(position -> item.index().times()[first + position])
                .toList());
      }
    }
    report.choose(outputs, times);
  }

  private static FilmPlan film(VideoItem item) {
    VideoIndex index = item.index();
    int first = index.first(item.range().from());
    int frames = item.frames();
    List<FilmShot> shots =
        item.plan().shots().stream().map(shot -> shot(item, shot, first)).toList();
    long start = index.times()[first];
    long end = index.times()[first + frames - 1] + index.duration(first + frames - 1);
    return new FilmPlan(
        item.output().text(),
        item.size().toString(),
        item.seconds(item.range()).doubleValue(),
        (end - start) * index.timeBase().toDouble(),
        frames,
        shots);
  }

  private static FilmShot shot(VideoItem item, Shot shot, int first) {
    return new FilmShot(
        shot.number(),
        item.index().first(shot.range().from()) - first,
        shot.frames(),
        item.seconds(shot.range()).doubleValue());
  }

  /** Tells that the segments are being dreamed. */
  void dreaming(TaskProgress progress, List<SegmentTask> work) {
    report.follow(progress);
    report.name(
        DREAMING,
        task -> {
          SegmentTask segment = work.get(task);
          return "segment %d of %s"
              .formatted(segment.segment().number() + 1, items.get(segment.item()).output().name());
        });
  }

  PartialVideo partial(RunOptions options) {
    return PartialVideo.of(items, report, options.partial());
  }

  Snapshots snapshots() {
    return report.snapshots();
  }

  /** Tells what came of a segment or a seam. */
  void ended(SegmentResult result) {
    if (!report.isWanted()) {
      return;
    }
    VideoItem item = items.get(result.item());
    report.times(result.times());
    PtsRange own =
        result.seam()
            ? item.plan().segments().get(result.number()).seams().stream()
                .filter(seam -> seam.before() == result.number())
                .findFirst()
                .orElseThrow()
                .range()
            : item.plan().segments().get(result.number()).body();
    int first = item.index().first(item.range().from());
    for (FrameMeasures frame : result.measures()) {
      if (own.contains(frame.pts())) {
        report.frame(item.output().text(), item.index().first(frame.pts()) - first, frame);
      }
    }
  }

  /** Adds what can only be seen in the finished results. */
  void finish(JavaSparkContext spark, List<Outcome> outcomes) {
    if (!report.isWanted()) {
      return;
    }
    Set<String> published =
        outcomes.stream()
            .filter(outcome -> outcome.status() == Status.DREAMED)
            .map(Outcome::output)
            .collect(Collectors.toCollection(HashSet::new));
    List<FilmTask> tasks = new ArrayList<>();
    for (VideoItem item : items) {
      String output = item.output().text();
      if (published.contains(output) && tasks.size() < LiveReport.MAX_FILMS) {
        tasks.add(
            new FilmTask(
                item,
                report.missing(output),
                LiveReport.side(LiveReport.moments(items.size()) * items.size())));
      }
    }
    report.add(
        () ->
            Tasks.run(
                spark,
                "Making the report's film",
                tasks,
                FilmTask::run,
                made -> made.tell(report)));
  }
}
