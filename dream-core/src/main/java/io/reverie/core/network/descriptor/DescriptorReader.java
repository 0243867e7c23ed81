package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import io.reverie.core.network.architecture.Architecture;
import io.reverie.core.network.descriptor.NetworkDescriptor.Kind;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.core.network.graph.Op;
import io.reverie.core.network.graph.Reach;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads network descriptors and rejects unknown keys. */
public final class DescriptorReader {

  /** The number of classes of ImageNet. */
  private static final int USUAL_CLASSES = 1000;

  private static final int USUAL_INPUT = 224;
  private static final int LARGEST_INPUT = 4096;
  private static final int MAX_CLASSES = 100_000;

  private DescriptorReader() {}

  /**
   * Parses a descriptor.
   *
   * @param origin name of the descriptor in error messages
   */
  public static NetworkDescriptor read(String yaml, String origin) {
    try (DescriptorKeys fields = new DescriptorKeys(DescriptorTree.read(yaml, origin), origin)) {
      return descriptor(fields);
    }
  }

  private static NetworkDescriptor descriptor(DescriptorKeys fields) {
    Preprocessing preprocessing = preprocessing(fields.nested("preprocessing"));
    Optional<Classes> classes = classes(fields);
    String architecture = fields.optionalText("architecture");
    Optional<Op> body =
        body(architecture, fields, classes.map(c -> c.names().size()).orElse(USUAL_CLASSES));
    return new NetworkDescriptor(
        fields.text("name"),
        fields.text("title"),
        kind(architecture),
        body,
        body.isEmpty() ? reach(fields) : Optional.empty(),
        releases(fields.list("weights"), preprocessing),
        preprocessing,
        fields.text("layer"),
        fields.has("goodLayers") ? fields.texts("goodLayers") : List.of(),
        fields.integer("minimumSide"),
        fields.has("input") ? fields.integer("input", 1, LARGEST_INPUT) : USUAL_INPUT,
        classes,
        fields.tree("defaults"),
        presets(fields.tree("presets")));
  }

  private static Preprocessing preprocessing(DescriptorKeys fields) {
    try (fields) {
      return new Preprocessing(
          order(fields.text("order")),
          fields.number("scale"),
          fields.numbers("mean"),
          fields.numbers("std"));
    } catch (IllegalArgumentException e) {
      throw new DreamException(fields.path() + ": " + e.getMessage(), e);
    }
  }

  private static Preprocessing.Order order(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "rgb" -> Preprocessing.Order.RGB;
      case "bgr" -> Preprocessing.Order.BGR;
      default -> throw new IllegalArgumentException("order must be rgb or bgr, not " + word);
    };
  }

  private static Kind kind(String architecture) {
    return switch (architecture) {
      case "torchscript" -> Kind.TORCHSCRIPT;
      case "onnx" -> Kind.ONNX;
      default -> Kind.LAYERS;
    };
  }

  /** Returns the operations; empty if they are in the weights file. */
  private static Optional<Op> body(String architecture, DescriptorKeys fields, int classes) {
    if (architecture.isEmpty()) {
      return Optional.of(SequentialNetwork.of(fields.list("layers")));
    }
    return kind(architecture) != Kind.LAYERS
        ? Optional.empty()
        : Optional.of(named(architecture, fields.path()).of(classes));
  }

  /** Reads the classes, given by the name of a list, by their names or by a count. */
  private static Optional<Classes> classes(DescriptorKeys fields) {
    if (!fields.has("classes")) {
      return Optional.empty();
    }
    try (DescriptorKeys nested = fields.nested("classes")) {
      String layer = nested.text("layer");
      if (nested.has("count")) {
        int count = nested.integer("count", 1, MAX_CLASSES);
        return Optional.of(Classes.numbered(layer, count));
      }
      return Optional.of(new Classes(layer, names(nested)));
    }
  }

  private static List<String> names(DescriptorKeys classes) {
    return classes.isList("names")
        ? classes.texts("names")
        : ClassNames.of(classes.text("names"), classes.path());
  }

  private static Architecture named(String architecture, String path) {
    try {
      return Architecture.valueOf(architecture.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new DreamException(
          "%s: unknown architecture '%s'; choose torchscript, onnx or one of %s"
              .formatted(path, architecture, architectures()),
          e);
    }
  }

  private static String architectures() {
    return Arrays.stream(Architecture.values())
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static Optional<Reach> reach(DescriptorKeys fields) {
    if (!fields.has("stride") && !fields.has("field")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Reach(fields.integer("stride"), fields.integer("field")));
    } catch (IllegalArgumentException e) {
      throw new DreamException(fields.path() + ": " + e.getMessage(), e);
    }
  }

  private static List<Release> releases(List<DescriptorKeys> list, Preprocessing usual) {
    return list.stream().map(fields -> release(fields, usual)).toList();
  }

  private static Release release(DescriptorKeys fields, Preprocessing usual) {
    try (fields) {
      return new Release(
          fields.text("uri"),
          fields.has("mirrors") ? fields.texts("mirrors") : List.of(),
          fields.optionalText("sha256").toLowerCase(Locale.ROOT),
          fields.optionalText("sha1").toLowerCase(Locale.ROOT),
          fields.optionalText("firstKernel").toLowerCase(Locale.ROOT),
          fields.text("licence"),
          fields.has("preprocessing") ? preprocessing(fields.nested("preprocessing")) : usual);
    }
  }

  private static Map<String, Map<String, Object>> presets(Map<String, Object> tree) {
    Map<String, Map<String, Object>> presets = new HashMap<>();
    tree.forEach(
        (name, settings) ->
            presets.put(name, DescriptorKeys.asMapping(settings, "presets." + name)));
    return presets;
  }
}
