package io.reverie.jobs.bench;

import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.engine.Precision;
import io.reverie.core.engine.Torch;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.process.RunFolder;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.ItemListener;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.spec.rule.EnumNames;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.untrusted.StoredJson;
import io.reverie.jobs.video.VideoJob;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Measures gradient steps on this thread, and a clip in a Spark task.
 *
 * @param resolve resolves settings and their weights
 * @param progress receives each case before it is measured
 */
public record BenchJob(
    JavaSparkContext spark,
    Device device,
    Function<SpecLoader.Loaded, ResolvedSpec> resolve,
    Consumer<String> progress) {

  /** Steps of a round; the first two are not counted. */
  private static final int STEPS = 5;

  /** Measures all cases of a request in sequence. */
  public BenchReport run(BenchRequest request) {
    Torch.useOneThread();
    List<StepSpeed> steps = new ArrayList<>();
    List<ClipSpeed> clips = new ArrayList<>();
    for (String network : request.networks()) {
      for (Size size : request.sizes()) {
        for (Precision precision : request.precisions()) {
          List<String> settings = settings(request, network, size, precision);
          steps.add(step(settings, size, request.rounds()));
          request.clip().ifPresent(clip -> clips.addAll(clips(settings, size, clip, request)));
        }
      }
    }
    return BenchReport.of(
        device, steps, clips, request.torch() ? torch(steps, request) : List.of());
  }

  private static List<String> settings(
      BenchRequest request, String network, Size size, Precision precision) {
    List<String> settings = new ArrayList<>();
    settings.add("network=" + network);
    request.weights().ifPresent(file -> settings.add("weights=" + file));
    settings.add("size=" + size);
    settings.add("precision=" + EnumNames.name(precision));
    return settings;
  }

  private ResolvedSpec resolved(List<String> settings, String... more) {
    List<String> all = new ArrayList<>(settings);
    all.addAll(List.of(more));
    return resolve.apply(SpecLoader.load(Optional.empty(), all));
  }

  private StepSpeed step(List<String> settings, Size size, int rounds) {
    ResolvedSpec resolved =
        resolved(settings, "octaves.count=1", "iterations=" + STEPS, "tile=none");
    Dreamer dreamer = Dreamers.of(resolved, device.ofThisMachine());
    String layer = dreamer.spec().octaveSpecs(1).get(0).objectives().get(0).layer();
    StepCase step =
        new StepCase(resolved.spec().network(), layer, size, resolved.spec().precision());
    progress.accept("steps of " + step.key());
    return StepSpeed.measure(step, dreamer, rounds);
  }

  private List<ClipSpeed> clips(
      List<String> settings, Size size, String clip, BenchRequest request) {
    String end = "video.end=" + request.seconds();
    return request.inbetweens().stream()
        .map(each -> resolved(settings, end, "video.inbetween=" + each.text()))
        .map(resolved -> clip(resolved, size, clip))
        .toList();
  }

  private ClipSpeed clip(ResolvedSpec resolved, Size size, String clip) {
    PipelineSpec spec = resolved.spec();
    ClipCase each = new ClipCase(spec.network(), size, spec.precision(), spec.video().inbetween());
    progress.accept("clip with " + each.key());
    Path folder = RunFolder.path().resolve("bench-" + UUID.randomUUID());
    Path result = folder.resolve("clip.mkv");
    RunOptions options = new RunOptions(true, false, true, false, "", device, 0);
    try {
      Files.createDirectories(folder);
      List<Outcome> outcomes =
          new VideoJob(spark, resolved, options)
              .dream(
                  List.of(new WorkItem(clip, Location.of(result.toString()))), ItemListener.none());
      if (outcomes.get(0).status() != Outcome.Status.DREAMED) {
        throw UserException.environment(outcomes.get(0).message());
      }
      Path sidecar = folder.resolve("clip.mkv.json");
      return ClipSpeed.of(each, StoredJson.MAPPER.readTree(sidecar.toFile()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In float32, the precision of PyTorch's eager mode. */
  private List<TorchSpeed> torch(List<StepSpeed> steps, BenchRequest request) {
    return steps.stream()
        .map(StepSpeed::step)
        .map(step -> new StepCase(step.network(), step.layer(), step.size(), Precision.FLOAT32))
        .distinct()
        .peek(step -> progress.accept("python3-torch, steps of " + step.key()))
        .flatMap(
            step ->
                TorchStep.seconds(step, STEPS * request.rounds()).stream()
                    .map(seconds -> new TorchSpeed(step, seconds)))
        .toList();
  }
}
