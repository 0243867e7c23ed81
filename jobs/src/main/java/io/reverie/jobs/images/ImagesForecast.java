package io.reverie.jobs.images;

import io.reverie.core.Size;
import io.reverie.jobs.forecast.JobModel;
import io.reverie.jobs.forecast.StillCost;
import io.reverie.jobs.forecast.StillCost.StillSize;
import io.reverie.jobs.kept.DreamSource;
import io.reverie.jobs.kept.KeptStills;
import io.reverie.jobs.kept.PieceWriter;
import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.KeptDreamUse;
import io.reverie.jobs.run.ProgramStart;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.TaskGpu;
import io.reverie.jobs.run.TrialResult;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.header.StillHeader;
import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Forecasts a job of stills: tries a few sizes, and derives all images from them. */
record ImagesForecast(JavaSparkContext spark, ResolvedSpec resolved, RunOptions options) {

  /** Headers that are read; more images are taken to be like these. */
  private static final int SAMPLE = 1000;

  /** Sizes whose pixels differ by less than this factor are tried once. */
  private static final double ALIKE = 1.3;

  /** Read, written and asked for: the input with its ranges, the sidecar, the image. */
  private static final int REQUESTS_PER_IMAGE = 10;

  /**
   * An image and its header.
   *
   * @param size empty if it cannot be read
   * @param kept whether an earlier run kept its dream
   */
  private record Sized(WorkItem item, List<StillSize> size, MemoryNeed need, boolean kept)
      implements Serializable {}

  void tell(List<WorkItem> items, RunListener listener) {
    long begun = System.nanoTime();
    double start = ProgramStart.seconds();
    List<Sized> sample =
        sized(sample(items)).stream().filter(image -> !image.size().isEmpty()).toList();
    List<StillCost> trials = trials(sample, listener);
    if (!trials.isEmpty()) {
      JobModel model = model(items, sample, trials, start);
      listener.forecast(model, (System.nanoTime() - begun) / 1e9);
    }
  }

  private static List<WorkItem> sample(List<WorkItem> items) {
    int count = Math.min(SAMPLE, items.size());
    return IntStream.range(0, count)
        .mapToObj(i -> items.get((int) ((long) i * items.size() / count)))
        .toList();
  }

  private List<Sized> sized(List<WorkItem> items) {
    ResolvedSpec settings = resolved;
    KeptStills kept = KeptStills.of(spark.sc(), options, items);
    return spark
        .parallelize(new ArrayList<>(items), Math.min(items.size(), spark.defaultParallelism()))
        .map(item -> sized(item, settings, kept))
        .collect();
  }

  private static Sized sized(WorkItem item, ResolvedSpec resolved, KeptStills dreams) {
    PipelineSpec spec = resolved.spec();
    try {
      Size source = StillSource.CANVAS;
      String identity = SourceInfo.NOISE;
      if (!item.isNoise()) {
        StoredMedia media = StoredMedia.of(Location.of(item.input()));
        StillHeader header = Stills.header(media);
        source = new Size((int) header.width(), (int) header.height());
        identity = media.entry().identity();
      }
      DreamMemory dream = DreamMemory.of(source, spec);
      return new Sized(
          item,
          List.of(size(source, dream.dreamSize(), dream.size())),
          StillSource.need(item, spec),
          dreams.has(new DreamSource(item.input(), identity, resolved), item.output()));
    } catch (IOException | RuntimeException e) {
      // Dreaming it reports the error.
      return new Sized(item, List.of(), MemoryNeed.NOTHING, false);
    }
  }

  private static StillSize size(Size source, Size dreamed, Size result) {
    return new StillSize(pixels(dreamed), pixels(source) + pixels(result));
  }

  private static double pixels(Size size) {
    return (double) size.width() * size.height();
  }

  /** Tries up to three sizes, each in as many tasks at once as will run at once. */
  private List<StillCost> trials(List<Sized> sample, RunListener listener) {
    List<StillCost> costs = new ArrayList<>();
    StillTrial trial = new StillTrial(resolved, options.device());
    for (Sized chosen : representatives(sample)) {
      WorkItem item = chosen.item();
      StillSize size = chosen.size().get(0);
      int tasks = Math.min(spark.defaultParallelism(), sample.size());
      List<WorkItem> same = new ArrayList<>(Collections.nCopies(tasks, item));
      List<TrialResult<StillCost>> results =
          TaskGpu.of(options)
              .on(spark, spark.parallelize(same, tasks).map(each -> trial.run(each, size)))
              .collect();
      List<StillCost> good = TrialResult.costs(results, item.input(), listener);
      if (!good.isEmpty()) {
        costs.add(StillCost.mean(good));
      }
    }
    return costs;
  }

  private static List<Sized> representatives(List<Sized> sample) {
    List<Sized> sorted =
        sample.stream().sorted(Comparator.comparingDouble(ImagesForecast::dreamed)).toList();
    if (sorted.isEmpty()) {
      return List.of();
    }
    int last = sorted.size() - 1;
    List<Sized> chosen = new ArrayList<>();
    for (int i : new int[] {last, last / 2, 0}) {
      boolean alike = chosen.stream().anyMatch(c -> dreamed(c) <= ALIKE * dreamed(sorted.get(i)));
      if (!alike) {
        chosen.add(sorted.get(i));
      }
    }
    return chosen;
  }

  private static double dreamed(Sized image) {
    return image.size().get(0).dreamed();
  }

  private static StillCost cost(Sized image, List<StillCost> trials) {
    StillCost dreamed = StillCost.of(image.size().get(0), trials);
    return image.kept() ? dreamed.replayed() : dreamed;
  }

  private JobModel model(
      List<WorkItem> all, List<Sized> sample, List<StillCost> trials, double start) {
    List<StillCost> costs = sample.stream().map(image -> cost(image, trials)).toList();
    List<Double> seconds = new ArrayList<>();
    double bytes = 0;
    double dreamed = 0;
    for (int i = 0; i < all.size(); i++) {
      int like = (int) ((long) i * costs.size() / all.size());
      StillCost cost = costs.get(like);
      dreamed += dreamed(sample.get(like));
      seconds.add(cost.seconds());
      bytes += cost.bytes();
    }
    MemoryNeed need = sample.stream().map(Sized::need).reduce(MemoryNeed.NOTHING, MemoryNeed::or);
    boolean remote = all.stream().anyMatch(item -> !item.output().isLocal());
    boolean keeping = options.dreams() == KeptDreamUse.KEEP;
    return new JobModel(
        all.size(),
        all.size(),
        start,
        // Those that were tried later found a loaded engine.
        trials.stream().mapToDouble(StillCost::load).max().orElse(0),
        List.of(seconds),
        need,
        0,
        keeping ? dreamed * PieceWriter.BYTES_PER_PIXEL : 0,
        bytes,
        remote ? (long) REQUESTS_PER_IMAGE * all.size() : 0);
  }
}
