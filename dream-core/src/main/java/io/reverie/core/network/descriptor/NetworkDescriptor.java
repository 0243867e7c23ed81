package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import io.reverie.core.Size;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.LayerNames;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Reach;
import io.reverie.core.network.graph.evaluation.Auxiliaries;
import io.reverie.core.network.graph.evaluation.ClassifierPart;
import io.reverie.core.network.graph.evaluation.LayerShapes;
import io.reverie.core.network.graph.evaluation.ReceptiveFields;
import io.reverie.core.network.graph.evaluation.StepTensors;
import io.reverie.core.network.graph.evaluation.TrunkFinder;
import io.reverie.core.text.NearestNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A network's architecture, weights, preprocessing and suggested settings, read from a YAML file.
 *
 * @param name as in {@code --network}
 * @param title one line for lists of networks
 * @param kind where the operations come from
 * @param body the operations; empty for a TorchScript module, which contains its own, and for an
 *     ONNX model until its file is read
 * @param reach stride and receptive field of a TorchScript module, if the descriptor states them
 * @param weights known releases; the first is the default
 * @param preprocessing used for weights that match no known release
 * @param layer default layer
 * @param goodLayers layers worth trying, from shallow to deep; at least the default
 * @param minimumSide shorter side in pixels below which a dream shows nothing
 * @param input side in pixels of the training images
 * @param classes empty if unknown
 * @param defaults settings that suit this network, structured like the spec
 * @param presets named settings, structured like the spec
 */
public record NetworkDescriptor(
    String name,
    String title,
    Kind kind,
    Optional<Op> body,
    Optional<Reach> reach,
    List<Release> weights,
    Preprocessing preprocessing,
    String layer,
    List<String> goodLayers,
    int minimumSide,
    int input,
    Optional<Classes> classes,
    Map<String, Object> defaults,
    Map<String, Map<String, Object>> presets) {

  /** Where a network's operations come from. */
  public enum Kind {
    /** From this program or the descriptor; the weights are tensors by name. */
    LAYERS,
    /** From the weights file, a program that PyTorch runs. */
    TORCHSCRIPT,
    /** From the weights file, as data. */
    ONNX
  }

  /**
   * A published weights file.
   *
   * @param uri an https URL, or {@code resource:} and a file next to the descriptor
   * @param mirrors further addresses of the same file, tried in order
   * @param sha256 hexadecimal digits of the file's hash: all 64, a published prefix, or empty
   * @param sha1 the 40 digits of the hash that is published instead, or empty
   * @param firstKernel hash of the first convolution's values, by which the same weights are known
   *     in any container, see {@link io.reverie.core.weights.tensor.Tensor#sha256}; empty if
   *     unknown
   * @param preprocessing the preprocessing of the training
   */
  public record Release(
      String uri,
      List<String> mirrors,
      String sha256,
      String sha1,
      String firstKernel,
      String licence,
      Preprocessing preprocessing) {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]{0,64}");
    private static final Pattern SHA1 = Pattern.compile("([0-9a-f]{40})?");

    public Release {
      mirrors = List.copyOf(mirrors);
      // The hash becomes part of a file name.
      if (!DIGITS.matcher(sha256).matches()) {
        throw new DreamException(
            "the sha256 of the weights %s must be up to 64 hexadecimal digits, not '%s'"
                .formatted(uri, sha256));
      }
      if (!SHA1.matcher(sha1).matches()) {
        throw new DreamException(
            "the sha1 of the weights %s must be 40 hexadecimal digits, not '%s'"
                .formatted(uri, sha1));
      }
    }

    /** Returns the same file under another address. */
    public Release at(String address, List<String> others) {
      return new Release(address, others, sha256, sha1, firstKernel, licence, preprocessing);
    }

    /** Returns whether a file with this full hash can be this release. */
    public boolean matches(String fullSha256) {
      return !sha256.isEmpty() && fullSha256.startsWith(sha256);
    }
  }

  public NetworkDescriptor {
    weights = List.copyOf(weights);
    requireValues(name, defaults);
    defaults = Map.copyOf(defaults);
    presets = Map.copyOf(presets);
    presets.values().forEach(preset -> requireValues(name, preset));
    if (minimumSide < 1) {
      throw new DreamException(
          "network %s: minimumSide must be at least 1, not %d".formatted(name, minimumSide));
    }
    if (input < minimumSide) {
      throw new DreamException(
          "network %s: input must be at least the minimumSide %d, not %d"
              .formatted(name, minimumSide, input));
    }
    if (body.isPresent() && (classes.isPresent() || !goodLayers.isEmpty())) {
      List<Layer> layers = LayerShapes.of(body.get(), new Size(input, input));
      classes.ifPresent(known -> requireChannels(name, layers, known));
      requireLayers(name, layers, goodLayers);
    }
    goodLayers = goodLayers.isEmpty() ? List.of(layer) : List.copyOf(goodLayers);
  }

  private static void requireLayers(String network, List<Layer> layers, List<String> wanted) {
    List<String> names = layers.stream().map(Layer::name).toList();
    wanted.forEach(layer -> LayerNames.require(names, layer, network));
  }

  /** A key with nothing after its colon is null in YAML. */
  private static void requireValues(String name, Map<String, @Nullable Object> settings) {
    settings.forEach(
        (key, value) -> {
          if (value == null) {
            throw new DreamException("network %s.%s has no value".formatted(name, key));
          }
        });
  }

  private static void requireChannels(String network, List<Layer> layers, Classes classes) {
    LayerNames.require(layers.stream().map(Layer::name).toList(), classes.layer(), network);
    layers.stream()
        .filter(layer -> layer.name().equals(classes.layer()))
        .filter(layer -> layer.channels() != classes.names().size())
        .findFirst()
        .ifPresent(
            layer -> {
              throw new DreamException(
                  "network %s names %d classes, but its layer %s has %d channels"
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
          "the network %s has no preset '%s'%s; it has %s"
              .formatted(
                  name,
                  preset,
                  NearestNames.question(presets.keySet(), preset),
                  presets.isEmpty() ? "none" : String.join(", ", new TreeSet<>(presets.keySet()))));
    }
    return presets.get(preset);
  }

  /** Returns the known release with this hash of the file. */
  public Optional<Release> release(String fullSha256) {
    return weights.stream().filter(release -> release.matches(fullSha256)).findFirst();
  }

  /** Returns the known release with this hash of the first convolution's values. */
  public Optional<Release> releaseOfKernel(String sha256) {
    return weights.stream()
        .filter(each -> !sha256.isEmpty() && each.firstKernel().equals(sha256))
        .findFirst();
  }

  /** Returns the preprocessing for a weights file with this hash. */
  public Preprocessing preprocessingFor(String fullSha256) {
    return release(fullSha256).map(Release::preprocessing).orElse(preprocessing);
  }

  /** Returns the network of weights that differ from the description. */
  public NetworkDescriptor adapted(WeightsFacts facts) {
    Optional<Op> adapted = body.map(op -> Auxiliaries.without(op, facts.lacking()));
    Optional<Classes> named = classes;
    if (!facts.cut().isEmpty()) {
      adapted = adapted.map(op -> ClassifierPart.before(op, facts.cut()));
      named = Optional.empty();
    } else if (facts.outputs() > 0) {
      adapted = adapted.map(op -> withOutputs(op, facts.outputs()));
      named = classes.map(known -> Classes.numbered(known.layer(), facts.outputs()));
    }
    named = named.map(known -> known.labelled(facts.labels()));
    return copy(adapted, reach, weights, facts.preprocessing(), remaining(adapted), named);
  }

  /** Gives the classifier and the auxiliary ones another number of classes. */
  private Op withOutputs(Op op, int outputs) {
    Op changed = ClassifierPart.withOutputs(op, classKey(op), outputs);
    for (Op.Auxiliary head : Auxiliaries.of(op)) {
      List<StepTensors.Loaded> steps = StepTensors.of(head);
      String key = steps.get(steps.size() - 1).key();
      changed = ClassifierPart.withOutputs(changed, key, outputs);
    }
    return changed;
  }

  /**
   * Returns the classes at a layer: those of the network, or of an auxiliary classifier.
   *
   * @throws DreamException if the layer is not that of classes
   */
  public Classes classesAt(String wanted) {
    Classes known =
        classes.orElseThrow(
            () ->
                new DreamException(
                    "network %s has no classes, so its layer %s has none".formatted(name, wanted)));
    List<String> layers = new ArrayList<>(List.of(known.layer()));
    body.ifPresent(
        op -> Auxiliaries.of(op).stream().map(Op.Auxiliary::classifier).forEach(layers::add));
    if (!layers.contains(wanted)) {
      throw new DreamException(
          "the layer of classes of network %s is %s, not %s; leave the layer out, or use another objective"
              .formatted(name, String.join(" or ", layers), wanted));
    }
    return new Classes(wanted, known.names());
  }

  /** The key of the step of the classes: the last one, if they are unknown. */
  private String classKey(Op op) {
    List<StepTensors.Loaded> steps = StepTensors.of(op);
    return classes
        .map(named -> ClassifierPart.key(op, named.layer()))
        .orElseGet(() -> steps.get(steps.size() - 1).key());
  }

  private List<String> remaining(Optional<Op> adapted) {
    if (adapted.isEmpty()) {
      return goodLayers;
    }
    List<String> names =
        LayerShapes.of(adapted.get(), new Size(input, input)).stream().map(Layer::name).toList();
    return goodLayers.stream().filter(names::contains).toList();
  }

  /** Returns the same network with the addresses of its weights changed. */
  public NetworkDescriptor withAddresses(UnaryOperator<String> change) {
    List<Release> moved =
        weights.stream()
            .map(
                each ->
                    each.at(change.apply(each.uri()), each.mirrors().stream().map(change).toList()))
            .toList();
    return copy(body, reach, moved, preprocessing, goodLayers, classes);
  }

  /**
   * Returns the same network with the operations that its file has.
   *
   * @throws DreamException if the classes or the layers worth trying do not fit them
   */
  public NetworkDescriptor withBody(Op found) {
    return copy(Optional.of(found), Optional.empty(), weights, preprocessing, goodLayers, classes);
  }

  private NetworkDescriptor copy(
      Optional<Op> newBody,
      Optional<Reach> newReach,
      List<Release> newWeights,
      Preprocessing newPreprocessing,
      List<String> newGoodLayers,
      Optional<Classes> newClasses) {
    return new NetworkDescriptor(
        name,
        title,
        kind,
        newBody,
        newReach,
        newWeights,
        newPreprocessing,
        layer,
        newGoodLayers,
        minimumSide,
        input,
        newClasses,
        defaults,
        presets);
  }

  /**
   * Returns whether objectives at some layers can be computed in tiles.
   *
   * @param layers their layers, but that of the network's classes
   * @param toClasses whether there are classes among the objectives
   */
  public boolean hasTiles(Collection<String> layers, boolean toClasses) {
    if (body.isEmpty()) {
      return kind == Kind.ONNX || (reach.isPresent() && !toClasses);
    }
    Map<String, Optional<Reach>> reaches = ReceptiveFields.of(body.get());
    if (TrunkFinder.of(body.get()).isPresent()) {
      return Auxiliaries.of(body.get()).stream()
          .flatMap(head -> head.layers().stream())
          .map(Op.Named::name)
          .filter(layers::contains)
          .allMatch(each -> reaches.getOrDefault(each, Optional.empty()).isPresent());
    }
    Stream<String> ofClasses = toClasses ? classes.map(Classes::layer).stream() : Stream.empty();
    return Stream.concat(layers.stream(), ofClasses)
        .allMatch(each -> reaches.getOrDefault(each, Optional.empty()).isPresent());
  }

  /** Returns the layers that have an output for an image of this size; empty for TorchScript. */
  public List<Layer> layers(Size size) {
    return body.map(op -> LayerShapes.of(op, size)).orElse(List.of());
  }
}
