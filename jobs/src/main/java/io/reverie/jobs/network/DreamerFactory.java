package io.reverie.jobs.network;

import io.reverie.core.dream.Dreamer;
import io.reverie.core.network.Network;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.Guide;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.ObjectiveSpec;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.StoredSeries;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.MediaException;
import io.reverie.video.series.FramePosition;
import io.reverie.video.series.FrameSeries;
import io.reverie.video.series.SinglePicture;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dreamers for the frames of one video, whose guides may move; of one task alone. A guide that is
 * one picture is looked at once for each JVM and device.
 */
public final class DreamerFactory implements AutoCloseable {

  private static final Map<Seen, Guide> STILL = new ConcurrentHashMap<>();

  /** Pictures that are kept of guides that move: those of this frame, and of the one before. */
  private static final int MOVING = 16;

  private final ResolvedSpec recipe;
  private final String device;
  private final Network network;
  private final Map<String, FrameSeries> reels = new HashMap<>();
  private final Map<Shown, Guide> moving =
      new LinkedHashMap<>(MOVING, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Shown, Guide> eldest) {
          return size() > MOVING;
        }
      };

  /** A guide's content, seen by a network. */
  private record Seen(String sha256, String layer, String weightsSha256, String device) {}

  /** A picture of a guide that moves. */
  private record Shown(String guide, String layer, int which) {}

  /**
   * Begins.
   *
   * @param device "cpu" or "gpu0", "gpu1", ...
   */
  public DreamerFactory(ResolvedSpec recipe, String device) {
    this.recipe = recipe;
    this.device = device;
    this.network = LoadedNetworks.of(recipe, device);
  }

  /**
   * The dreamer of a frame.
   *
   * @param now the recipe's spec at this moment
   * @throws io.reverie.core.DreamException for a layer, channel or class that the network has not
   * @throws UserException for a guide that cannot be read
   */
  public Dreamer of(PipelineSpec now, FramePosition frame) {
    return new Dreamer(network, now.dream(objective -> make(objective, frame)), now.tiling());
  }

  private Objective make(ObjectiveSpec objective, FramePosition frame) {
    return switch (objective.objective()) {
      case L2, MEAN, NEURON -> objective.plain();
      case CLASS -> classes(objective);
      case GUIDE -> guide(objective, frame);
    };
  }

  private ClassLogit classes(ObjectiveSpec objective) {
    Classes classes =
        recipe
            .network()
            .classes()
            .orElseThrow(
                () ->
                    UserException.usage(
                        "the network %s states no classes, which 'objective: class' needs; choose another of `reverie networks`"
                            .formatted(network.name())));
    Map<Integer, Double> mixture = new HashMap<>();
    objective
        .classes()
        .shares()
        .forEach((name, share) -> mixture.merge(classes.id(name), share, Double::sum));
    return new ClassLogit(classes.layer(), mixture, objective.weight());
  }

  private Guide guide(ObjectiveSpec objective, FramePosition frame) {
    try {
      Guide guide = seen(objective.guide(), objective.layer(), frame);
      return new Guide(objective.layer(), guide.features(), guide.channels(), objective.weight());
    } catch (IOException | MediaException e) {
      throw UserException.environment(
          "cannot read the guide %s: %s".formatted(objective.guide(), e.getMessage()), e);
    }
  }

  private Guide seen(String name, String layer, FramePosition frame) throws IOException {
    FrameSeries reel = reels.containsKey(name) ? reels.get(name) : StoredSeries.open("guide", name);
    reels.put(name, reel);
    int which = reel.looped(frame);
    if (reel instanceof SinglePicture) {
      Seen content =
          new Seen(
              Objects.requireNonNull(recipe.files().get(name)),
              layer,
              recipe.weightsSha256(),
              device);
      return STILL.computeIfAbsent(content, key -> look(reel, layer, which));
    }
    return moving.computeIfAbsent(new Shown(name, layer, which), key -> look(reel, layer, which));
  }

  private Guide look(FrameSeries reel, String layer, int which) {
    return Guide.of(network, layer, FrameImages.image(reel.picture(which)), 1);
  }

  @Override
  public void close() {
    reels.values().forEach(FrameSeries::close);
  }
}
