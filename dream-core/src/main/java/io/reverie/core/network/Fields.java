package io.reverie.core.network;

import io.reverie.core.DreamException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The keys of a YAML mapping, each to be taken once; closing it complains of one that nobody took.
 */
final class Fields implements AutoCloseable {

  private final Map<String, Object> left;
  private final String path;

  Fields(Object tree, String path) {
    this.left = asTree(tree, path);
    this.path = path;
  }

  static Map<String, Object> asTree(Object value, String path) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new DreamException("%s must be a mapping, not %s".formatted(path, value));
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    map.forEach((key, each) -> tree.put(String.valueOf(key), each));
    return tree;
  }

  String path() {
    return path;
  }

  boolean has(String key) {
    return left.containsKey(key);
  }

  String text(String key) {
    return String.valueOf(take(key));
  }

  String optionalText(String key) {
    return has(key) ? text(key) : "";
  }

  boolean isList(String key) {
    return left.get(key) instanceof List;
  }

  List<String> texts(String key) {
    return values(take(key), key).stream().map(String::valueOf).toList();
  }

  double number(String key) {
    return asNumber(take(key), key).doubleValue();
  }

  int integer(String key) {
    Number number = asNumber(take(key), key);
    if (number.intValue() != number.doubleValue()) {
      throw new DreamException("%s.%s must be a whole number, not %s".formatted(path, key, number));
    }
    return number.intValue();
  }

  int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  List<Double> numbers(String key) {
    return values(take(key), key).stream().map(v -> asNumber(v, key).doubleValue()).toList();
  }

  Fields nested(String key) {
    return new Fields(take(key), path + "." + key);
  }

  Map<String, Object> tree(String key) {
    return has(key) ? asTree(take(key), path + "." + key) : Map.of();
  }

  List<Fields> list(String key) {
    List<Fields> list = new ArrayList<>();
    for (Object each : has(key) ? values(take(key), key) : List.of()) {
      list.add(new Fields(each, "%s.%s[%d]".formatted(path, key, list.size())));
    }
    return list;
  }

  private Object take(String key) {
    if (!has(key)) {
      throw new DreamException("%s lacks the key '%s'".formatted(path, key));
    }
    return left.remove(key);
  }

  private List<?> values(Object value, String key) {
    if (!(value instanceof List<?> list)) {
      throw new DreamException("%s.%s must be a list, not %s".formatted(path, key, value));
    }
    return list;
  }

  private Number asNumber(Object value, String key) {
    if (!(value instanceof Number number)) {
      throw new DreamException("%s.%s must be a number, not %s".formatted(path, key, value));
    }
    return number;
  }

  @Override
  public void close() {
    if (!left.isEmpty()) {
      throw new DreamException(
          "%s has the unknown key '%s'".formatted(path, new TreeSet<>(left.keySet()).first()));
    }
  }
}
