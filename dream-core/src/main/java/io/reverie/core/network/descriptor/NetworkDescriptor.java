package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.LayerShapes;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Reach;
import io.reverie.core.network.graph.UnknownLayer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a network is and how it wants to be dreamed on: the content of one small YAML file.
 *
 * @param name as in {@code --network}
 * @param title one line for lists
 * @param body what it computes; empty for a TorchScript module, which brings its own
 * @param reach of a TorchScript module's layers, where the descriptor states it
 * @param weights the releases that are known, the first being the default
 * @param preprocessing for weights that are not among the known releases
 * @param layer the layer to dream at where the user names none
 * @param minimumSide pixels of the shorter side below which a dream shows nothing
 * @param input side in pixels of the squares that it was trained on
 * @param classes what it tells apart, where that is known
 * @param defaults settings that suit this network, in the form of the spec's tree
 * @param presets named settings, in the same form
 */
public record NetworkDescriptor(
    String name,
    String title,
    Optional<Op> body,
    Optional<Reach> reach,
    List<Release> weights,
    Preprocessing preprocessing,
    String layer,
    int minimumSide,
    int input,
    Optional<Classes> classes,
    Map<String, Object> defaults,
    Map<String, Map<String, Object>> presets) {

  /**
   * Weights that somebody has published.
   *
   * @param uri an https address, or {@code resource:} and a file beside the descriptor
   * @param sha256 hex digits of the file's hash, all 64 or as many from the front as are published;
   *     empty if none are
   * @param licence of the weights
   * @param preprocessing what these weights were trained on
   */
  public record Release(String uri, String sha256, String licence, Preprocessing preprocessing) {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{0,64}");

    public Release {
      // It becomes part of a file's name.
      if (!DIGITS.matcher(sha256).matches()) {
        throw new DreamException(
            "the sha256 of the weights %s must be up to 64 hexadecimal digits, not '%s'"
                .formatted(uri, sha256));
      }
    }

    /** Whether a file with this full hash may be this release. */
    public boolean matches(String fullSha256) {
      return !sha256.isEmpty() && fullSha256.startsWith(sha256);
    }
  }

  public NetworkDescriptor {
    weights = List.copyOf(weights);
    defaults = Map.copyOf(defaults);
    presets = Map.copyOf(presets);
    if (minimumSide < 1) {
      throw new DreamException(
          "network %s: minimumSide must be at least 1, not %d".formatted(name, minimumSide));
    }
    if (input < minimumSide) {
      throw new DreamException(
          "network %s: input must be at least the minimumSide %d, not %d"
              .formatted(name, minimumSide, input));
    }
    if (body.isPresent() && classes.isPresent()) {
      requireChannels(name, LayerShapes.of(body.get(), new Size(input, input)), classes.get());
    }
  }

  private static void requireChannels(String network, List<Layer> layers, Classes classes) {
    UnknownLayer.unlessIn(layers.stream().map(Layer::name).toList(), classes.layer(), network);
    layers.stream()
        .filter(layer -> layer.name().equals(classes.layer()))
        .filter(layer -> layer.channels() != classes.names().size())
        .findFirst()
        .ifPresent(
            layer -> {
              throw new DreamException(
                  "network %s: %d classes are named, but the layer %s has %d channels"
                      .formatted(network, classes.names().size(), layer.name(), layer.channels()));
            });
  }

  /**
   * The settings of a preset.
   *
   * @throws DreamException if there is no preset of this name
   */
  public Map<String, Object> preset(String preset) {
    if (!presets.containsKey(preset)) {
      throw new DreamException(
          "the network %s has no preset '%s'; it has %s"
              .formatted(name, preset, String.join(", ", new TreeSet<>(presets.keySet()))));
    }
    return presets.get(preset);
  }

  /** What a weights file with this hash was trained on. */
  public Preprocessing preprocessingFor(String fullSha256) {
    return weights.stream()
        .filter(release -> release.matches(fullSha256))
        .map(Release::preprocessing)
        .findFirst()
        .orElse(preprocessing);
  }

  /** The layers that give something out for an image of this size; empty for TorchScript. */
  public List<Layer> layers(Size size) {
    return body.map(op -> LayerShapes.of(op, size)).orElse(List.of());
  }
}
