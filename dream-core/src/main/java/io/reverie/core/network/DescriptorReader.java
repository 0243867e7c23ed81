package io.reverie.core.network;

import io.reverie.core.DreamException;
import io.reverie.core.network.NetworkDescriptor.Release;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Reads a network's descriptor; an unknown key is an error. */
final class DescriptorReader {

  /** ImageNet's. */
  private static final int USUAL_CLASSES = 1000;

  private static final int USUAL_INPUT = 224;

  private static final int MOST_CLASSES = 1_000_000;

  private DescriptorReader() {}

  /**
   * Reads a descriptor.
   *
   * @param origin what to call the text in messages
   */
  static NetworkDescriptor read(String yaml, String origin) {
    try {
      Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
      try (Fields fields = new Fields(tree, origin)) {
        return descriptor(fields);
      }
    } catch (YAMLException e) {
      throw new DreamException(origin + " is not valid YAML: " + problem(e), e);
    }
  }

  private static String problem(YAMLException e) {
    return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
        ? "line %d, %s".formatted(marked.getProblemMark().getLine() + 1, marked.getProblem())
        : String.valueOf(e.getMessage());
  }

  private static NetworkDescriptor descriptor(Fields fields) {
    Preprocessing preprocessing = preprocessing(fields.nested("preprocessing"));
    Optional<Classes> classes = classes(fields);
    Optional<Op> body = body(fields, classes.map(c -> c.names().size()).orElse(USUAL_CLASSES));
    return new NetworkDescriptor(
        fields.text("name"),
        fields.text("title"),
        body,
        body.isEmpty() ? reach(fields) : Optional.empty(),
        releases(fields.list("weights"), preprocessing),
        preprocessing,
        fields.text("layer"),
        fields.integer("minimumSide"),
        fields.integer("input", USUAL_INPUT),
        classes,
        fields.tree("defaults"),
        presets(fields.tree("presets")));
  }

  private static Preprocessing preprocessing(Fields fields) {
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

  /** Empty for a TorchScript module. */
  private static Optional<Op> body(Fields fields, int classes) {
    String architecture = fields.optionalText("architecture");
    if (architecture.isEmpty()) {
      return Optional.of(PlainLine.of(fields.list("layers")));
    }
    return architecture.equals("torchscript")
        ? Optional.empty()
        : Optional.of(named(architecture, fields.path()).of(classes));
  }

  /** Names by a list's name, by themselves, or, where there is but a count, by their numbers. */
  private static Optional<Classes> classes(Fields fields) {
    if (!fields.has("classes")) {
      return Optional.empty();
    }
    try (Fields nested = fields.nested("classes")) {
      String layer = nested.text("layer");
      if (nested.has("count")) {
        int count = nested.integer("count");
        if (count < 1 || count > MOST_CLASSES) {
          throw new DreamException(
              "%s.count must be from 1 to %d, not %d"
                  .formatted(nested.path(), MOST_CLASSES, count));
        }
        return Optional.of(
            new Classes(layer, IntStream.range(0, count).mapToObj(Integer::toString).toList()));
      }
      return Optional.of(new Classes(layer, names(nested)));
    }
  }

  private static List<String> names(Fields classes) {
    return classes.isList("names")
        ? classes.texts("names")
        : ClassNames.of(classes.text("names"), classes.path());
  }

  private static Architecture named(String architecture, String path) {
    try {
      return Architecture.valueOf(architecture.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new DreamException(
          "%s: no architecture '%s'; there are torchscript and %s"
              .formatted(path, architecture, architectures()),
          e);
    }
  }

  private static String architectures() {
    return Arrays.stream(Architecture.values())
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }

  private static Optional<Reach> reach(Fields fields) {
    if (!fields.has("stride") && !fields.has("field")) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Reach(fields.integer("stride"), fields.integer("field")));
    } catch (IllegalArgumentException e) {
      throw new DreamException(fields.path() + ": " + e.getMessage(), e);
    }
  }

  private static List<Release> releases(List<Fields> list, Preprocessing usual) {
    return list.stream().map(fields -> release(fields, usual)).toList();
  }

  private static Release release(Fields fields, Preprocessing usual) {
    try (fields) {
      return new Release(
          fields.text("uri"),
          fields.optionalText("sha256").toLowerCase(Locale.ROOT),
          fields.text("licence"),
          fields.has("preprocessing") ? preprocessing(fields.nested("preprocessing")) : usual);
    }
  }

  private static Map<String, Map<String, Object>> presets(Map<String, Object> tree) {
    Map<String, Map<String, Object>> presets = new HashMap<>();
    tree.forEach((name, settings) -> presets.put(name, Fields.asTree(settings, "presets." + name)));
    return presets;
  }
}
