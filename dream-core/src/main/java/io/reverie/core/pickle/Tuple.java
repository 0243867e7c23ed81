package io.reverie.core.pickle;

import java.util.Collections;
import java.util.List;

/** A tuple. Like {@link Items} it never inspects its items. */
public final class Tuple {

  /** The tuple without items. */
  public static final Tuple EMPTY = new Tuple(List.of());

  private final List<Object> items;

  Tuple(List<Object> items) {
    this.items = items;
  }

  public List<Object> all() {
    return Collections.unmodifiableList(items);
  }

  public int size() {
    return items.size();
  }

  /**
   * Returns an item of any type.
   *
   * @throws MalformedPickle if the tuple is shorter
   */
  public Object get(int index) throws MalformedPickle {
    return get(index, Object.class);
  }

  /**
   * Returns an item of the given type.
   *
   * @throws MalformedPickle if the tuple is shorter or the item has another type
   */
  public <T> T get(int index, Class<T> kind) throws MalformedPickle {
    if (index >= items.size() || !kind.isInstance(items.get(index))) {
      throw new MalformedPickle("it calls a function with arguments that PyTorch never passes");
    }
    return kind.cast(items.get(index));
  }
}
