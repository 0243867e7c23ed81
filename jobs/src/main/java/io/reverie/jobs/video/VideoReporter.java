package io.reverie.jobs.video;

import io.reverie.jobs.operation.JobName;
import io.reverie.jobs.report.FilmPlan;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.report.Snapshots;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.video.VideoSummary.FilmView;
import io.reverie.jobs.video.record.SegmentEnd;
import io.reverie.jobs.video.work.PlannedVideo;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/** Adds the videos of a job to the report, each as soon as something is known of it. */
final class VideoReporter {

  private final LiveReport report;
  private final int videos;
  private final List<Shown> shown = new ArrayList<>();
  private int pictured;

  /** A finished video that is shown. */
  private record Shown(PlannedVideo video, FilmPlan film) {}

  /**
   * @param videos number of them in the run
   */
  VideoReporter(LiveReport report, int videos) {
    this.report = report;
    this.videos = videos;
  }

  /** The number of moments of each video that are shown; 0 without a report. */
  int moments() {
    return report.isWanted() ? LiveReport.moments(videos) : 0;
  }

  /** Tells what will be dreamed; returns what takes the pictures of it. */
  synchronized Snapshots planned(VideoSummary video) {
    if (video.film().isEmpty()) {
      return Snapshots.none();
    }
    FilmView film = video.film().get(0);
    report.plan(film.plan());
    pictured++;
    return report.choose(
        film.plan().output(),
        pictured <= LiveReport.MAX_PICTURES ? film.moments() : List.of(),
        videos);
  }

  /** Names the tasks that dream segments. */
  void dreaming(JobName label, VideoSummary video, List<Integer> segments) {
    String name = video.video().output().name();
    report.name(label, task -> "segment %d of %s".formatted(segments.get(task) + 1, name));
  }

  /** Tells what came of a segment or a seam. */
  void ended(PlannedVideo video, SegmentEnd end) {
    report.times(end.times());
    report.measures(video.output().text(), end.digest());
  }

  /** Tells what came of a video. */
  void ended(Outcome outcome) {
    report.ended(outcome);
  }

  /** Tells what came of a video that was planned. */
  synchronized void ended(VideoSummary video, Outcome outcome) {
    if (outcome.status() == Status.DREAMED && shown.size() < LiveReport.MAX_FILMS) {
      video.film().forEach(film -> shown.add(new Shown(video.video(), film.plan())));
    }
  }

  /** Adds what can only be seen in the finished results. */
  void finish(JavaSparkContext spark) {
    if (!report.isWanted()) {
      return;
    }
    int side = LiveReport.side(LiveReport.moments(videos) * videos);
    List<FilmTask> tasks =
        shown.stream()
            .map(
                each ->
                    new FilmTask(
                        each.video(),
                        each.film(),
                        report.missing(each.video().output().text()),
                        side))
            .toList();
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
