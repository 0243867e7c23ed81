package io.reverie.jobs.network;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.network.Classes;
import io.reverie.core.network.Network;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.Guide;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.UserException;
import io.reverie.jobs.reel.OnePicture;
import io.reverie.jobs.reel.Reel;
import io.reverie.jobs.reel.When;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.Term;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Dreamers for the frames of one video, whose guides may move; of one task alone. A guide that is
 * one picture is looked at once for each JVM and device.
 */
public final class FrameDreamers implements AutoCloseable {

  private static final Map<Seen, Guide> STILL = new ConcurrentHashMap<>();

  /** Pictures that are kept of guides that move: those of this frame, and of the one before. */
  private static final int MOVING = 16;

  private final Recipe recipe;
  private final String device;
  private final Network network;
  private final Map<String, Reel> reels = new HashMap<>();
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
  public FrameDreamers(Recipe recipe, String device) {
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
  public Dreamer of(PipelineSpec now, When frame) {
    return new Dreamer(network, now.dream(new Maker(frame)), now.tiling());
  }

  private final class Maker implements Term.Maker {

    private final When frame;

    Maker(When frame) {
      this.frame = frame;
    }

    @Override
    public Objective classes(Map<String, Double> shares, double weight) {
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
      shares.forEach((name, share) -> mixture.merge(classes.id(name), share, Double::sum));
      return new ClassLogit(classes.layer(), mixture, weight);
    }

    @Override
    public Objective guide(String layer, String name, double weight) {
      try {
        Guide guide = seen(name, layer, frame);
        return new Guide(layer, guide.features(), guide.channels(), weight);
      } catch (IOException | MediaException e) {
        throw UserException.environment(
            "cannot read the guide %s: %s".formatted(name, e.getMessage()), e);
      }
    }
  }

  private Guide seen(String name, String layer, When frame) throws IOException {
    Reel reel = reels.containsKey(name) ? reels.get(name) : Reel.of("guide", name);
    reels.put(name, reel);
    int which = reel.looped(frame);
    if (reel instanceof OnePicture) {
      Seen content = new Seen(recipe.files().get(name), layer, recipe.weightsSha256(), device);
      return STILL.computeIfAbsent(content, key -> look(reel, layer, which));
    }
    return moving.computeIfAbsent(new Shown(name, layer, which), key -> look(reel, layer, which));
  }

  private Guide look(Reel reel, String layer, int which) {
    Frame picture = reel.picture(which);
    Size size = new Size(picture.height(), picture.width());
    return Guide.of(network, layer, new Image(size, picture.rgb()), 1);
  }

  @Override
  public void close() {
    reels.values().forEach(Reel::close);
  }
}
