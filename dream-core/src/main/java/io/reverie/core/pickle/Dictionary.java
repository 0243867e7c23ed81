package io.reverie.core.pickle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A dictionary of texts, in its order. Entries under numbers, such as an optimizer's, are passed
 * over; other keys are refused, since to hash a container is to walk through all that it holds.
 * Like {@link Items} it never looks inside by itself.
 */
public final class Dictionary {

  private static final int ENTRY = 64;
  private static final int SHOWN = 80;

  private final Map<String, Object> entries = new LinkedHashMap<>();

  Dictionary() {}

  /**
   * Of pairs, as an OrderedDict takes them: no argument, or a list of lists or tuples of two.
   *
   * @throws MalformedPickle if they are something else
   */
  public static Dictionary ofPairs(Tuple arguments, Room room) throws MalformedPickle {
    Dictionary dictionary = new Dictionary();
    if (arguments.size() > 0) {
      for (Object pair : arguments.get(0, Items.class).all()) {
        List<Object> both = both(pair);
        dictionary.put(both.get(0), both.get(1), room);
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
      throw new MalformedPickle("it makes a dictionary of something that is no pair");
    }
    return both;
  }

  void put(Object key, Object value, Room room) throws MalformedPickle {
    room.take(ENTRY);
    if (key instanceof String text) {
      if (entries.putIfAbsent(text, value) != null) {
        throw new MalformedPickle(
            "it has the key '%s' twice in a dictionary"
                .formatted(text.substring(0, Math.min(SHOWN, text.length()))));
      }
    } else if (!(key instanceof Number || key instanceof Boolean || key == Inert.NONE)) {
      throw new MalformedPickle("it has a key of a dictionary that is neither a text nor a number");
    }
  }

  /** The entries under texts, in their order. */
  public Map<String, Object> entries() {
    return Collections.unmodifiableMap(entries);
  }

  /** Whether there is an entry of this kind under this key. */
  public boolean has(String key, Class<?> kind) {
    return kind.isInstance(entries.get(key));
  }
}
