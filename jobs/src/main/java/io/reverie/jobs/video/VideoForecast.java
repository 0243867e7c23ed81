package io.reverie.jobs.video;

import io.reverie.jobs.forecast.FrameCost;
import io.reverie.jobs.forecast.JobModel;
import io.reverie.jobs.forecast.VideoModel;
import io.reverie.jobs.kept.PieceWriter;
import io.reverie.jobs.run.ProgramStart;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TaskGpu;
import io.reverie.jobs.run.Tasks;
import io.reverie.jobs.run.TrialResult;
import io.reverie.jobs.video.work.PlannedVideo;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/** Forecasts a job of videos: tries some segments of each size, and derives the rest from them. */
record VideoForecast(JavaSparkContext spark, RunOptions options) {

  /** Trials for each task that runs at once, at different places. */
  private static final int PLACES = 2;

  /** Videos that are tried; others are taken to be like the one before them in the list. */
  private static final int MAX_VIDEOS = 4;

  void tell(List<VideoSummary> videos, RunListener listener) {
    long begun = System.nanoTime();
    double start = ProgramStart.seconds();
    Optional<JobModel> all = Optional.empty();
    Optional<FrameCost> cost = Optional.empty();
    for (int i = 0; i < videos.size(); i++) {
      VideoSummary video = videos.get(i);
      if (i < MAX_VIDEOS) {
        cost = cost(video, listener);
      }
      if (cost.isPresent()) {
        JobModel model = model(video, cost.get(), start);
        all = Optional.of(all.map(others -> others.beside(model)).orElse(model));
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    all.ifPresent(model -> listener.forecast(model, seconds));
  }

  private Optional<FrameCost> cost(VideoSummary summary, RunListener listener) {
    PlannedVideo video = summary.video();
    SegmentTrial trial = new SegmentTrial(options);
    List<TrialResult<FrameCost>> results =
        Tasks.run(
            spark,
            VideoSteps.label(video.workItem(), "Measuring", "measuring what it takes"),
            TaskGpu.of(options),
            places(summary.segments().size()),
            segment -> trial.run(video, segment),
            result -> {});
    List<FrameCost> good = TrialResult.costs(results, video.workItem().input(), listener);
    return good.isEmpty() ? Optional.empty() : Optional.of(FrameCost.mean(good));
  }

  /** Segments in the middle of equal parts of the video. */
  private List<Integer> places(int segments) {
    int count = Math.min(segments, PLACES * spark.defaultParallelism());
    List<Integer> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add((int) ((2L * i + 1) * segments / (2L * count)));
    }
    return places;
  }

  private static JobModel model(VideoSummary summary, FrameCost cost, double start) {
    PlannedVideo video = summary.video();
    boolean kept = summary.isKept();
    JobModel model =
        new VideoModel(
                summary.frames(),
                summary.segments().stream().sorted(Comparator.reverseOrder()).toList(),
                Collections.nCopies(summary.seams().size(), summary.overlap()),
                video.spec().video().chunk(),
                summary.pixels())
            .job(kept ? cost.replayed() : cost, start, summary.memory(), !video.output().isLocal());
    return video.kept().active()
        ? model.keeping(summary.dreamed() * summary.pixels() * PieceWriter.BYTES_PER_PIXEL)
        : model;
  }
}
