package io.reverie.core.network.onnx;

import io.reverie.core.Size;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.NetworkDescriptor.Kind;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.graph.Join;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Op.Graph.Node;
import io.reverie.core.network.graph.Step;
import io.reverie.core.network.graph.evaluation.LayerShapes;
import io.reverie.core.network.graph.evaluation.ReceptiveFields;
import io.reverie.core.network.onnx.OnnxNetwork.Logits;
import io.reverie.core.weights.onnx.OnnxFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the descriptor of an ONNX model that has none. */
public final class OnnxDescriptor {

  private static final String TITLE = "ONNX model";
  private static final int SMALLEST = 64;
  private static final int IMAGENET = 1000;
  private static final int PLACES = 365;

  /** Strides of layers worth trying, the first by default: parts of objects show there. */
  private static final List<Integer> STRIDES = List.of(16, 8, 32);

  private final OnnxNetwork network;
  private final List<Layer> layers;
  private final Set<String> joined = new HashSet<>();
  private final Set<String> activated = new HashSet<>();

  private OnnxDescriptor(OnnxNetwork network) {
    this.network = network;
    this.layers =
        LayerShapes.of(network.body(), new Size(network.input(), network.input())).stream()
            .filter(layer -> layer.height() > 1 && layer.width() > 1)
            .toList();
    for (Node node : ((Op.Graph) network.body()).nodes()) {
      if (node.op() instanceof Op.Named named) {
        if (node.inputs().size() > 1 && (node.join() == Join.CONCAT || node.join() == Join.SUM)) {
          joined.add(named.name());
        }
        if (named.op() instanceof Step.Relu) {
          activated.add(named.name());
        }
      }
    }
  }

  /**
   * Returns a descriptor as a user could have written it, with the facts in the file and
   * assumptions: preprocessing as torchvision's, and ImageNet's or Places365's names for 1000 or
   * 365 classes.
   *
   * @throws io.reverie.core.DreamException if the model cannot be used
   */
  public static String of(Path file) {
    OnnxNetwork network = OnnxImporter.of(OnnxFile.read(file));
    return new OnnxDescriptor(network).text(String.valueOf(file.getFileName()));
  }

  /** Returns whether a descriptor is such a one, so that its preprocessing is only assumed. */
  public static boolean isImplied(NetworkDescriptor descriptor) {
    return descriptor.kind() == Kind.ONNX && descriptor.title().equals(TITLE);
  }

  private String text(String file) {
    String stem = file.substring(0, file.length() - (OnnxFile.isNamed(file) ? 5 : 0));
    List<String> good = good();
    List<String> lines = new ArrayList<>();
    lines.add("name: " + quoted(stem));
    lines.add("title: " + TITLE);
    lines.add("architecture: onnx");
    lines.add("layer: " + quoted(good.isEmpty() ? "none" : good.get(0)));
    if (!good.isEmpty()) {
      lines.add(
          good.stream()
              .map(OnnxDescriptor::quoted)
              .collect(Collectors.joining(", ", "goodLayers: [", "]")));
    }
    lines.add("minimumSide: " + Math.min(SMALLEST, network.input()));
    lines.add("input: " + network.input());
    network.logits().ifPresent(logits -> lines.add("classes: " + classes(logits)));
    lines.add("preprocessing: " + preprocessing(Preprocessing.TORCHVISION));
    lines.add("weights: [{uri: %s, licence: unknown}]".formatted(quoted(file)));
    return String.join("\n", lines) + "\n";
  }

  private static String quoted(String text) {
    return "'" + Names.shown(text).replace("'", "''") + "'";
  }

  private static String classes(Logits logits) {
    String names =
        switch (logits.count()) {
          case IMAGENET -> "names: imagenet";
          case PLACES -> "names: places365";
          default -> "count: " + logits.count();
        };
    return "{layer: %s, %s}".formatted(quoted(logits.layer()), names);
  }

  private static String preprocessing(Preprocessing assumed) {
    return "{order: %s, scale: %s, mean: %s, std: %s}"
        .formatted(
            assumed.order().name().toLowerCase(Locale.ROOT),
            assumed.scale(),
            assumed.mean(),
            assumed.std());
  }

  /** Returns a layer in the middle of each stride, the default first. */
  private List<String> good() {
    Set<String> local =
        ReceptiveFields.of(network.body()).entrySet().stream()
            .filter(entry -> entry.getValue().isPresent())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    List<String> good = new ArrayList<>();
    for (int stride : STRIDES) {
      double side = (double) network.input() / stride;
      List<String> near =
          layers.stream()
              .filter(layer -> Math.abs(layer.height() - side) <= Math.max(1, side / 8))
              .map(Layer::name)
              .toList();
      List<String> best =
          preferred(near.stream().anyMatch(local::contains) ? within(near, local) : near);
      if (!best.isEmpty()) {
        good.add(best.get(best.size() / 2));
      }
    }
    if (good.isEmpty() && !layers.isEmpty()) {
      good.add(layers.get(layers.size() - 1).name());
    }
    return good;
  }

  /** Results of whole blocks, otherwise activations, otherwise all. */
  private List<String> preferred(List<String> names) {
    List<String> blocks = within(names, joined);
    List<String> active = within(names, activated);
    return !blocks.isEmpty() ? blocks : !active.isEmpty() ? active : names;
  }

  private static List<String> within(List<String> names, Set<String> some) {
    return names.stream().filter(some::contains).toList();
  }
}
