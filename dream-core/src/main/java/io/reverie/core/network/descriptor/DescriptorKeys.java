package io.reverie.core.network.descriptor;

import io.reverie.core.DreamException;
import io.reverie.core.text.NearestNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys of a YAML mapping. Each is read once; closing throws if an unknown key remains. */
public final class DescriptorKeys implements AutoCloseable {

  private static final int SHOWN = 80;

  private final Map<String, Object> left;
  private final Set<String> known = new TreeSet<>();
  private final String path;

  public DescriptorKeys(Object tree, String path) {
    this.left = asMapping(tree, path);
    this.path = path;
  }

  /**
   * Parses the YAML of a mapping.
   *
   * @param origin its name in messages
   */
  public static Map<String, Object> parse(String yaml, String origin) {
    return asMapping(DescriptorTree.read(yaml, origin), origin);
  }

  static Map<String, Object> asMapping(Object value, String path) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new DreamException("%s must be a mapping, not %s".formatted(path, shown(value)));
    }
    Map<String, Object> tree = new LinkedHashMap<>();
    map.forEach((key, each) -> tree.put(String.valueOf(key), each));
    return tree;
  }

  public String path() {
    return path;
  }

  public boolean has(String key) {
    known.add(key);
    return left.containsKey(key);
  }

  public String text(String key) {
    return asText(take(key), key);
  }

  public String text(String key, String otherwise) {
    return has(key) ? text(key) : otherwise;
  }

  String optionalText(String key) {
    return text(key, "");
  }

  public <E extends Enum<E>> E choice(String key, E otherwise) {
    return has(key) ? choice(key, otherwise.getDeclaringClass()) : otherwise;
  }

  /** An enum constant, which is written in lower case. */
  public <E extends Enum<E>> E choice(String key, Class<E> type) {
    String text = text(key);
    List<E> constants = List.of(type.getEnumConstants());
    return constants.stream()
        .filter(constant -> constant.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new DreamException(
                    "%s.%s must be one of %s, not '%s'"
                        .formatted(
                            path,
                            key,
                            constants.toString().toLowerCase(Locale.ROOT),
                            shown(text))));
  }

  public boolean isList(String key) {
    return left.get(key) instanceof List;
  }

  List<String> texts(String key) {
    return values(take(key), key).stream().map(v -> asText(v, key)).toList();
  }

  public double number(String key) {
    return asNumber(take(key), key).doubleValue();
  }

  public double number(String key, double otherwise) {
    return has(key) ? number(key) : otherwise;
  }

  public int integer(String key) {
    return asInteger(take(key), key);
  }

  private int asInteger(Object value, String key) {
    Number number = asNumber(value, key);
    if (number.intValue() != number.doubleValue()) {
      throw new DreamException("%s.%s must be a whole number, not %s".formatted(path, key, number));
    }
    return number.intValue();
  }

  public int integer(String key, int otherwise) {
    return has(key) ? integer(key) : otherwise;
  }

  int integer(String key, int smallest, int largest) {
    int number = integer(key);
    if (number < smallest || number > largest) {
      throw new DreamException(
          "%s.%s must be from %d to %d, not %d".formatted(path, key, smallest, largest, number));
    }
    return number;
  }

  List<Double> numbers(String key) {
    return values(take(key), key).stream().map(v -> asNumber(v, key).doubleValue()).toList();
  }

  public List<Integer> integers(String key) {
    return values(take(key), key).stream().map(v -> asInteger(v, key)).toList();
  }

  /** The nested keys; none if the key is absent. */
  public DescriptorKeys group(String key) {
    return has(key) ? nested(key) : new DescriptorKeys(Map.of(), path + "." + key);
  }

  public DescriptorKeys nested(String key) {
    return new DescriptorKeys(take(key), path + "." + key);
  }

  Map<String, Object> tree(String key) {
    return has(key) ? asMapping(take(key), path + "." + key) : Map.of();
  }

  public List<DescriptorKeys> list(String key) {
    List<DescriptorKeys> list = new ArrayList<>();
    for (Object each : has(key) ? values(take(key), key) : List.of()) {
      list.add(new DescriptorKeys(each, "%s.%s[%d]".formatted(path, key, list.size())));
    }
    return list;
  }

  private Object take(String key) {
    if (!has(key)) {
      throw new DreamException("%s lacks the required key '%s'".formatted(path, key));
    }
    Object value = left.remove(key);
    if (value == null) {
      throw new DreamException("%s.%s has no value".formatted(path, key));
    }
    return value;
  }

  private List<?> values(Object value, String key) {
    if (!(value instanceof List<?> list)) {
      throw new DreamException("%s.%s must be a list, not %s".formatted(path, key, shown(value)));
    }
    return list;
  }

  private String asText(Object value, String key) {
    if (value instanceof List || value instanceof Map) {
      throw new DreamException("%s.%s must be text, not %s".formatted(path, key, shown(value)));
    }
    return String.valueOf(value);
  }

  /**
   * Abbreviates a value for an error message, because a list or mapping may be as large as the
   * file.
   */
  private static String shown(Object value) {
    if (value instanceof List) {
      return "a list";
    }
    String text = value instanceof Map ? "a mapping" : String.valueOf(value);
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
  }

  private Number asNumber(Object value, String key) {
    if (!(value instanceof Number number)) {
      throw new DreamException("%s.%s must be a number, not %s".formatted(path, key, shown(value)));
    }
    return number;
  }

  @Override
  public void close() {
    if (!left.isEmpty()) {
      String unknown = new TreeSet<>(left.keySet()).first();
      throw new DreamException(
          "%s has the unknown key '%s'%s"
              .formatted(path, shown(unknown), NearestNames.question(known, unknown)));
    }
  }
}
