package io.reverie.core.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dictionary with string keys, in insertion order. Skips entries with other keys, such as an
 * optimizer's numbers; they are never hashed, because hashing a container would traverse all that
 * it contains. Like {@link Items} it never inspects its values.
 */
public final class Dictionary {

  private static final int ENTRY = 64;
  private static final int SHOWN = 80;

  private final Map<String, Object> entries = new LinkedHashMap<>();

  Dictionary() {}

  /**
   * Creates a dictionary from the arguments of an OrderedDict: none, or a list of lists or tuples
   * of two.
   *
   * @throws MalformedPickle if the arguments are anything else
   */
  public static Dictionary ofPairs(Tuple arguments, MemoryBudget memory) throws MalformedPickle {
    Dictionary dictionary = new Dictionary();
    if (arguments.size() > 0) {
      for (Object pair : arguments.get(0, Items.class).all()) {
        List<Object> both = both(pair);
        dictionary.put(both.get(0), both.get(1), memory);
      }
    }
    return dictionary;
  }

  private static List<Object> both(Object pair) throws MalformedPickle {
    List<Object> both =
        pair instanceof Items items
            ? items.all()
            : pair instanceof Tuple tuple ? tuple.all() : List.of();
    if (both.size() != 2) {
      throw new MalformedPickle("it builds a dictionary from something that is not a pair");
    }
    return both;
  }

  void put(Object key, Object value, MemoryBudget memory) throws MalformedPickle {
    memory.reserve(ENTRY);
    if (key instanceof String text) {
      if (entries.putIfAbsent(text, value) != null) {
        throw new MalformedPickle(
            "it has the key '%s' twice in one dictionary"
                .formatted(text.substring(0, Math.min(SHOWN, text.length()))));
      }
    }
  }

  /** Returns the entries with string keys, in order. */
  public Map<String, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** Returns whether the key has a value of this type. */
  public boolean has(String key, Class<?> kind) {
    return kind.isInstance(entries.get(key));
  }
}
