package io.reverie.jobs;

import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.Outcome.Status;
import io.reverie.jobs.carry.Sizes;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.plan.SegmentPlan;
import io.reverie.jobs.spec.Init;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.VideoSpec;
import io.reverie.video.FramePattern;
import io.reverie.video.PtsRange;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.shot.Shots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * What a video job will do.
 *
 * @param items to dream
 * @param outcomes one for each input: already final, or planned
 */
record VideoPlan(List<VideoItem> items, List<Outcome> outcomes) {

  /** The share of its iterations that a carried frame takes, as a rule. */
  private static final double CARRIED = 0.15;

  VideoPlan {
    items = List.copyOf(items);
    outcomes = List.copyOf(outcomes);
  }

  static VideoPlan of(
      List<String> inputs, String output, Recipe recipe, RunOptions options, ShotFinder finder) {
    Dreamer dreamer = new Dreamer(LoadedNetworks.of(recipe, "cpu"), recipe.spec().dream());
    List<VideoItem> items = new ArrayList<>();
    List<Outcome> outcomes = new ArrayList<>();
    for (String input : inputs) {
      String target = target(input, output, inputs.size() > 1);
      Target kind = Target.of(target, recipe.spec());
      if (!options.overwrite() && kind.exists()) {
        outcomes.add(Outcome.kept(input, target));
        continue;
      }
      try {
        VideoItem item = item(input, target, kind, recipe, finder);
        double megapixels = megapixels(dreamer.octaves(Sizes.ofDream(item.dreamSize())));
        items.add(item);
        outcomes.add(planned(item, megapixels, recipe.spec()));
      } catch (RuntimeException e) {
        if (e instanceof UserException user && user.kind() == UserException.Kind.USAGE) {
          throw e;
        }
        outcomes.add(Outcome.failed(input, target, Failure.sentence(e).orElseThrow(() -> e)));
      }
    }
    return new VideoPlan(items, outcomes);
  }

  /** The plan's outcomes with those of the dreamed items in their places. */
  List<Outcome> outcomesWith(List<Outcome> dreamed) {
    List<Outcome> all = new ArrayList<>(outcomes);
    Iterator<Outcome> next = dreamed.iterator();
    all.replaceAll(outcome -> outcome.status() == Status.PLANNED ? next.next() : outcome);
    return all;
  }

  private static double megapixels(List<io.reverie.core.Size> octaves) {
    return octaves.stream().mapToDouble(s -> (double) s.height() * s.width() / 1e6).sum();
  }

  private static Outcome planned(VideoItem item, double megapixels, PipelineSpec spec) {
    SegmentPlan plan = item.plan();
    int segments = plan.segments().size();
    int dreamed = plan.segments().stream().mapToInt(Segment::frames).sum();
    double carried =
        spec.video().beginning() == Init.CARRY
            ? Math.max(1, CARRIED * spec.iterations())
            : spec.iterations();
    double steps = (double) segments * spec.iterations() + (dreamed - segments) * carried;
    return new Outcome(
        item.input().name(),
        item.output(),
        Status.PLANNED,
        item.frames(),
        0,
        0,
        "shots: %d, segments: %d of at most %d frames, at %s, dreamed at %s, about %.0f megapixel steps%s"
            .formatted(
                plan.shots().size(),
                segments,
                plan.segments().stream().mapToInt(Segment::frames).max().getAsInt(),
                item.size(),
                item.dreamSize(),
                megapixels * steps,
                item.cutSeconds().isEmpty() ? "" : ", cuts at " + item.cutSeconds()),
        List.of());
  }

  private static String target(String input, String output, boolean several) {
    boolean folder = several || output.endsWith("/") || Files.isDirectory(Path.of(output));
    if (!folder) {
      return output;
    }
    if (FramePattern.isPattern(input)) {
      throw UserException.usage("numbered frames want an output file, such as out.mp4");
    }
    return Path.of(output, Path.of(input).getFileName().toString()).toString();
  }

  private static VideoItem item(
      String name, String target, Target kind, Recipe recipe, ShotFinder finder) {
    PipelineSpec spec = recipe.spec();
    InputVideo input = InputVideo.of(name, spec);
    requireFile(input);
    VideoIndex index = input.source().index();
    PtsRange range = range(index, spec, name);
    Size size = Sizes.ofVideo(spec.size().of(Sizes.ofDream(index.size())));
    Shots shots = shots(input, index, range, spec.video(), finder);
    Path file = Path.of(target).toAbsolutePath();
    return new VideoItem(
        input,
        target,
        index,
        range,
        size,
        Sizes.ofVideo(spec.dreamSize().of(Sizes.ofDream(size))),
        kind,
        SegmentPlan.of(
            index, range, shots.cuts(), spec.video().segment(), spec.video().overlapFrames()),
        shots,
        file.resolveSibling("." + file.getFileName() + ".reverie-" + UUID.randomUUID()).toString());
  }

  /** Where each frame is dreamed alone, shots do not matter. */
  private static Shots shots(
      InputVideo input, VideoIndex index, PtsRange range, VideoSpec spec, ShotFinder finder) {
    if (spec.beginning() == Init.NONE) {
      return new Shots(List.of(), List.of());
    }
    return spec.cuts().found()
        ? finder.find(input, index, range)
        : new Shots(spec.cuts().begins(index), List.of());
  }

  private static void requireFile(InputVideo input) {
    if (input.media().isPresent() && !Files.isRegularFile(Path.of(input.name()))) {
      throw UserException.environment(
          "there is no file %s; check the path".formatted(input.name()));
    }
  }

  private static PtsRange range(VideoIndex index, PipelineSpec spec, String name) {
    int from = 0;
    int to = index.count();
    if (spec.video().start().seconds().isPresent()) {
      from = index.first(index.at(spec.video().start().seconds().getAsDouble()));
    }
    if (spec.video().end().seconds().isPresent()) {
      to = index.first(index.at(spec.video().end().seconds().getAsDouble()));
    }
    if (from >= to) {
      throw UserException.environment(
          "%s has no frame between --start %s and --end %s; it is %.2f s long"
              .formatted(
                  name, spec.video().start().text(), spec.video().end().text(), index.seconds()));
    }
    return index.range(from, to);
  }
}
