package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import java.io.StringReader;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Parses the YAML of an untrusted descriptor: one document, no duplicate keys, and a limited size
 * even after aliases are expanded. The checks run before values are constructed, because a number
 * of a million digits takes a minute to parse.
 */
final class DescriptorTree {

  private static final int LONGEST = 1 << 20;
  private static final int DEEPEST = 20;
  private static final int MAX_VALUES = 100_000;
  private static final int LONGEST_NUMBER = 64;

  private static final Set<Tag> SCALARS =
      Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.MERGE);

  private final String origin;
  private int left = MAX_VALUES;

  private DescriptorTree(String origin) {
    this.origin = origin;
  }

  /**
   * Reads lists, mappings, strings, numbers and booleans.
   *
   * @param origin name of the descriptor in error messages
   */
  static Object read(String yaml, String origin) {
    try {
      Node root = new Yaml(options()).compose(new StringReader(yaml));
      if (root != null) {
        new DescriptorTree(origin).check(root, 0);
      }
      return new Yaml(new SafeConstructor(options())).load(yaml);
    } catch (YAMLException e) {
      throw new DreamException(origin + " is not valid YAML: " + problem(e), e);
    }
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(LONGEST);
    options.setNestingDepthLimit(DEEPEST);
    options.setAllowDuplicateKeys(false);
    options.setWarnOnDuplicateKeys(false);
    return options;
  }

  private static String problem(YAMLException e) {
    return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
        ? "line %d, %s".formatted(marked.getProblemMark().getLine() + 1, marked.getProblem())
        : String.valueOf(e.getMessage());
  }

  private void check(Node node, int depth) {
    left--;
    if (left < 0) {
      throw rejection(node, "it has more than %d values".formatted(MAX_VALUES));
    }
    if (depth > DEEPEST) {
      throw rejection(node, "it is nested more than %d levels deep".formatted(DEEPEST));
    }
    if (node instanceof ScalarNode scalar) {
      check(scalar);
    } else if (node instanceof SequenceNode list && list.getTag().equals(Tag.SEQ)) {
      list.getValue().forEach(each -> check(each, depth + 1));
    } else if (node instanceof MappingNode map && map.getTag().equals(Tag.MAP)) {
      map.getValue().forEach(each -> check(each, depth + 1));
    } else {
      throw rejection(node, "it has a value with a tag");
    }
  }

  private void check(NodeTuple entry, int depth) {
    if (!(entry.getKeyNode() instanceof ScalarNode key)) {
      throw rejection(entry.getKeyNode(), "it has a key that is not a string");
    }
    check(key, depth);
    check(entry.getValueNode(), depth);
  }

  private void check(ScalarNode scalar) {
    if (!SCALARS.contains(scalar.getTag())) {
      throw rejection(scalar, "it has a value with a tag");
    }
    if (!scalar.getTag().equals(Tag.STR) && scalar.getValue().length() > LONGEST_NUMBER) {
      throw rejection(scalar, "it has a number of %d digits".formatted(scalar.getValue().length()));
    }
  }

  private DreamException rejection(Node node, String why) {
    return new DreamException(
        "%s is not a valid descriptor: line %d, %s"
            .formatted(origin, node.getStartMark().getLine() + 1, why));
  }
}
