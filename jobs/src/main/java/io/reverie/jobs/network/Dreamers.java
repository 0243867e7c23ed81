package io.reverie.jobs.network;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.network.Network;
import io.reverie.core.objective.ClassLogit;
import io.reverie.core.objective.Guide;
import io.reverie.core.objective.Objective;
import io.reverie.jobs.UserException;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.Term;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.StoredMedia;
import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.Stills;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Dreamers of a recipe; what is costly to make is made once for each JVM and device. */
public final class Dreamers {

  private static final Map<Seen, Guide> GUIDES = new ConcurrentHashMap<>();

  private Dreamers() {}

  /** A guide's content, seen by a network. */
  private record Seen(String sha256, String layer, String weightsSha256, String device) {}

  /**
   * A dreamer of a recipe.
   *
   * @param device "cpu" or "gpu0", "gpu1", ...
   * @throws io.reverie.core.DreamException for a layer, channel or class that the network has not
   * @throws UserException for a guide that cannot be read
   */
  public static Dreamer of(Recipe recipe, String device) {
    Network network = LoadedNetworks.of(recipe, device);
    return new Dreamer(
        network, recipe.spec().dream(new Maker(recipe, network, device)), recipe.spec().tiling());
  }

  private record Maker(Recipe recipe, Network network, String device) implements Term.Maker {

    @Override
    public Objective classes(Map<String, Double> shares, double weight) {
      Map<Integer, Double> mixture = new HashMap<>();
      shares.forEach((name, share) -> mixture.merge(Integer.parseInt(name), share, Double::sum));
      return new ClassLogit("classifier.1", mixture, weight);
    }

    @Override
    public Objective guide(String layer, String picture, double weight) {
      Seen seen = new Seen(recipe.files().get(picture), layer, recipe.weightsSha256(), device);
      Guide guide = GUIDES.computeIfAbsent(seen, key -> Guide.of(network, layer, read(picture), 1));
      return new Guide(layer, guide.features(), guide.channels(), weight);
    }

    private static Image read(String picture) {
      try {
        Frame frame = Stills.read(StoredMedia.of(Location.of(picture))).frame();
        return new Image(new Size(frame.height(), frame.width()), frame.rgb());
      } catch (IOException | MediaException e) {
        throw UserException.environment(
            "cannot read the guide %s: %s".formatted(picture, e.getMessage()), e);
      }
    }
  }
}
