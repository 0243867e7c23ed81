package io.reverie.core.network;

import io.reverie.core.weights.tensor.StateDict;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that other programs gave the tensors of Caffe's and TensorFlow's networks when they
 * converted them to PyTorch, whose names of modules have neither slashes nor, in a list, dots.
 */
enum ConvertedNames {
  /** The network's own names. */
  NONE {
    @Override
    String of(String name) {
      return name;
    }
  },
  /** Caffe's with underscores instead of slashes, as in pytorch-old-caffemodels. */
  UNDERSCORES {
    @Override
    String of(String name) {
      return name.replace('/', '_');
    }
  },
  /** Those of lucent's inception5h: {@code mixed4c_3x3_bottleneck_pre_relu_conv.weight}. */
  LUCENT {
    @Override
    String of(String name) {
      int dot = name.lastIndexOf('.');
      String key = name.substring(0, dot);
      String module = key.equals(CLASSES) ? "_pre_activation_matmul" : "_pre_relu_conv";
      return key + module + name.substring(dot);
    }
  },
  /** Those of captum's inception5h: {@code mixed4c.conv_3x3_reduce.weight}. */
  CAPTUM {
    @Override
    String of(String name) {
      int dot = name.lastIndexOf('.');
      return captum(name.substring(0, dot)) + name.substring(dot);
    }
  };

  /** The key of inception5h's fully connected layer. */
  private static final String CLASSES = "softmax2";

  private static final Pattern FIRST = Pattern.compile("conv2d([0-2])");
  private static final Pattern BRANCH = Pattern.compile("(mixed\\d[a-e])_(.+)");

  /** Returns the name in converted files of a tensor of the network. */
  abstract String of(String name);

  /** Returns the tensors of these names, each under the network's name. */
  StateDict translated(Collection<String> wanted, StateDict weights) {
    if (this == NONE) {
      return weights;
    }
    Map<String, String> original = new HashMap<>();
    wanted.forEach(name -> original.put(of(name), name));
    return weights.renamed(name -> original.getOrDefault(name, name));
  }

  private static String captum(String key) {
    Matcher first = FIRST.matcher(key);
    if (first.matches()) {
      return "conv" + (Integer.parseInt(first.group(1)) + 1);
    }
    Matcher branch = BRANCH.matcher(key);
    if (!branch.matches()) {
      return key.equals(CLASSES) ? "fc" : key;
    }
    String part = branch.group(2).replace("bottleneck", "reduce");
    return branch.group(1) + (part.equals("pool_reduce") ? ".pool_proj" : ".conv_" + part);
  }

  /**
   * A set of names and their prefix in a file.
   *
   * @param hits names of the file that the network needs
   */
  record Found(ConvertedNames names, String prefix, int hits) {}

  /**
   * Finds the prefixes with which the most names of a file are a network's.
   *
   * @param wanted names of the network's tensors
   * @return several if they fit equally; none if no name fits
   */
  static List<Found> in(Collection<String> wanted, StateDict weights) {
    Map<Map.Entry<ConvertedNames, String>, Integer> hits = new LinkedHashMap<>();
    Set<Set<String>> tried = new HashSet<>();
    for (ConvertedNames names : values()) {
      Set<String> converted = new HashSet<>();
      wanted.forEach(name -> converted.add(names.of(name)));
      if (tried.add(converted)) {
        weights
            .names()
            .forEach(
                name ->
                    prefixes(name, converted)
                        .forEach(prefix -> hits.merge(Map.entry(names, prefix), 1, Integer::sum)));
      }
    }
    int most = hits.values().stream().mapToInt(each -> each).max().orElse(0);
    return hits.entrySet().stream()
        .filter(each -> each.getValue() == most)
        .map(each -> new Found(each.getKey().getKey(), each.getKey().getValue(), most))
        .toList();
  }

  private static Set<String> prefixes(String name, Set<String> wanted) {
    Set<String> prefixes = new HashSet<>();
    int at = 0;
    do {
      if (wanted.contains(name.substring(at))) {
        prefixes.add(name.substring(0, at));
      }
      at = name.indexOf('.', at) + 1;
    } while (at > 0);
    return prefixes;
  }
}
