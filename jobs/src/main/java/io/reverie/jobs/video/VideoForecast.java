package io.reverie.jobs.video;

import io.reverie.jobs.forecast.FrameCost;
import io.reverie.jobs.forecast.JobModel;
import io.reverie.jobs.forecast.VideoModel;
import io.reverie.jobs.kept.PieceWriter;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.run.ProgramStart;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TaskGpu;
import io.reverie.jobs.run.TrialResult;
import io.reverie.video.memory.MemoryNeed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Forecasts a job of videos: tries some segments of each size, and derives the rest from them. */
record VideoForecast(JavaSparkContext spark, RunOptions options) {

  /** Trials for each task that runs at once, at different places. */
  private static final int PLACES = 2;

  /** Videos that are tried; others are taken to be like the one before them in the list. */
  private static final int MAX_VIDEOS = 4;

  void tell(List<VideoItem> items, RunListener listener) {
    long begun = System.nanoTime();
    double start = ProgramStart.seconds();
    Optional<JobModel> all = Optional.empty();
    Optional<FrameCost> cost = Optional.empty();
    for (int i = 0; i < items.size(); i++) {
      VideoItem item = items.get(i);
      if (i < MAX_VIDEOS) {
        cost = cost(item, listener).or(() -> Optional.empty());
      }
      if (cost.isPresent()) {
        JobModel model = model(item, cost.get(), start);
        all = Optional.of(all.map(others -> others.beside(model)).orElse(model));
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    all.ifPresent(model -> listener.forecast(model, seconds));
  }

  private Optional<FrameCost> cost(VideoItem item, RunListener listener) {
    List<Segment> places = places(item.plan().segments());
    Broadcast<VideoItem> video = spark.broadcast(item);
    SegmentTrial trial = new SegmentTrial(options);
    List<TrialResult<FrameCost>> results =
        TaskGpu.of(options.device())
            .on(
                spark,
                spark
                    .parallelize(places, places.size())
                    .map(segment -> trial.run(video.value(), segment)))
            .collect();
    List<FrameCost> good = TrialResult.costs(results, item.input().name(), listener);
    return good.isEmpty() ? Optional.empty() : Optional.of(FrameCost.mean(good));
  }

  /** Segments in the middle of equal parts of the video. */
  private List<Segment> places(List<Segment> segments) {
    int count = Math.min(segments.size(), PLACES * spark.defaultParallelism());
    List<Segment> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(segments.get((int) ((2L * i + 1) * segments.size() / (2L * count))));
    }
    return places;
  }

  private JobModel model(VideoItem item, FrameCost cost, double start) {
    MemoryNeed memory = SegmentDreamer.need(item);
    List<Integer> frames =
        SegmentTask.of(List.of(item)).stream().map(task -> task.segment().frames()).toList();
    List<Integer> seams = item.plan().seams().stream().map(seam -> seam.frames()).toList();
    double pixels = (double) item.dreamSize().width() * item.dreamSize().height();
    boolean kept = item.isKept();
    JobModel model =
        new VideoModel(item.frames(), frames, seams, item.spec().video().chunk(), pixels)
            .job(kept ? cost.replayed() : cost, start, memory, !item.output().isLocal());
    long dreamed = frames.stream().mapToLong(Integer::longValue).sum();
    return item.kept().active()
        ? model.keeping(dreamed * pixels * PieceWriter.BYTES_PER_PIXEL)
        : model;
  }
}
