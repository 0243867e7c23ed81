package io.reverie.jobs.network;

import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.lockstep.Lockstep;
import io.reverie.core.network.Network;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.Guide;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.StoredSeries;
import io.reverie.jobs.run.BatchSize;
import io.reverie.jobs.spec.ObjectiveSpec;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
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
 * Creates the dreamers for the frames of one video, whose guides may change from frame to frame;
 * not thread-safe. The features of a guide that is a single image are computed once per JVM and
 * device.
 */
public final class DreamerFactory implements AutoCloseable {

  private static final Map<SingleImage, Guide> SINGLE_IMAGES = new ConcurrentHashMap<>();

  /** Number of cached features of changing guides: enough for this frame and the one before. */
  private static final int MAX_CHANGING = 16;

  private final ResolvedSpec resolved;
  private final String device;
  private final Network network;
  private final Lockstep lockstep;
  private final Map<String, FrameSeries> openSeries = new HashMap<>();
  private final Map<ChangingImage, Guide> changing =
      new LinkedHashMap<>(MAX_CHANGING, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<ChangingImage, Guide> eldest) {
          return size() > MAX_CHANGING;
        }
      };

  /** A single-image guide, identified by its content, for one network. */
  private record SingleImage(String sha256, String layer, String weightsSha256, String device) {}

  /**
   * One image of a changing guide.
   *
   * @param position index of the image in its series
   */
  private record ChangingImage(String guide, String layer, int position) {}

  /**
   * Creates dreamers that share nothing with others. Loads the network, unless this JVM has done so
   * before.
   *
   * @param device such as cpu or gpu0
   */
  public DreamerFactory(ResolvedSpec resolved, String device) {
    this(resolved, device, Lockstep.NONE);
  }

  /**
   * Creates dreamers that share passes of the network with others on the same device of this JVM.
   */
  public DreamerFactory(ResolvedSpec resolved, String device, BatchSize batch) {
    this(resolved, device, Locksteps.of(device, batch));
  }

  private DreamerFactory(ResolvedSpec resolved, String device, Lockstep lockstep) {
    this.resolved = resolved;
    this.device = device;
    this.network = LoadedNetworks.of(resolved, device);
    this.lockstep = lockstep;
  }

  /**
   * Returns the dreamer for a frame.
   *
   * @param now the spec evaluated for this frame
   * @throws io.reverie.core.DreamException for a layer, channel or class that the network does not
   *     have
   * @throws UserException for a guide that cannot be read
   */
  public Dreamer of(PipelineSpec now, FramePosition frame) {
    return new Dreamer(network, now.dream(objective -> make(objective, frame)), now.tiling())
        .withLockstep(lockstep);
  }

  /** Returns the dreamer for stills. */
  Dreamer stills() {
    return of(resolved.spec(), FramePosition.BEGINNING);
  }

  private Objective make(ObjectiveSpec objective, FramePosition frame) {
    return objective.create(() -> classes(objective), () -> guide(objective, frame));
  }

  private ClassLogit classes(ObjectiveSpec objective) {
    Classes classes =
        resolved
            .network()
            .classes()
            .orElseThrow(
                () ->
                    UserException.usage(
                        (resolved.lacksClassifier()
                                ? "the weights of %s have no classifier, which 'objective: class' requires; name weights with one, or dream a layer"
                                : "the network %s has no classes, which 'objective: class' requires; choose another from `reverie networks`")
                            .formatted(network.name())));
    String layer = objective.layer() == null ? classes.layer() : objective.layer();
    Classes wanted = resolved.network().classesAt(layer);
    Map<Integer, Double> mixture = new HashMap<>();
    objective
        .classes()
        .shares()
        .forEach((name, share) -> mixture.merge(wanted.id(name), share, Double::sum));
    return new ClassLogit(wanted.layer(), mixture, objective.weight());
  }

  private Guide guide(ObjectiveSpec objective, FramePosition frame) {
    try {
      Guide guide = features(objective.guide(), objective.layer(), frame);
      return new Guide(objective.layer(), guide.features(), guide.channels(), objective.weight());
    } catch (IOException | MediaException e) {
      throw UserException.environment(
          "cannot read the guide %s: %s".formatted(objective.guide(), e.getMessage()), e);
    }
  }

  private Guide features(String name, String layer, FramePosition frame) throws IOException {
    FrameSeries series =
        openSeries.containsKey(name) ? openSeries.get(name) : StoredSeries.open("guide", name);
    openSeries.put(name, series);
    int position = series.looped(frame);
    if (series instanceof SinglePicture) {
      SingleImage content =
          new SingleImage(
              Objects.requireNonNull(resolved.files().get(name)),
              layer,
              resolved.weightsSha256(),
              device);
      return SINGLE_IMAGES.computeIfAbsent(content, key -> compute(series, layer, position));
    }
    return changing.computeIfAbsent(
        new ChangingImage(name, layer, position), key -> compute(series, layer, position));
  }

  private Guide compute(FrameSeries series, String layer, int position) {
    return Guide.of(network, layer, FrameImages.image(series.picture(position)), 1);
  }

  @Override
  public void close() {
    openSeries.values().forEach(FrameSeries::close);
  }
}
