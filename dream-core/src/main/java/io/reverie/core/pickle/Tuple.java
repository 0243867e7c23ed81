package io.reverie.core.pickle;

import java.util.Collections;
import java.util.List;

/** A tuple. Like {@link Items} it never looks inside by itself. */
public final class Tuple {

  private final List<Object> items;

  Tuple(List<Object> items) {
    this.items = items;
  }

  /** The items, in their order. */
  public List<Object> all() {
    return Collections.unmodifiableList(items);
  }

  public int size() {
    return items.size();
  }

  /**
   * An item.
   *
   * @throws MalformedPickle if there are fewer
   */
  public Object get(int index) throws MalformedPickle {
    return get(index, Object.class);
  }

  /**
   * An item of a certain kind.
   *
   * @throws MalformedPickle if there are fewer, or if it is of another kind
   */
  public <T> T get(int index, Class<T> kind) throws MalformedPickle {
    if (index >= items.size() || !kind.isInstance(items.get(index))) {
      throw new MalformedPickle("it calls a function with other arguments than PyTorch does");
    }
    return kind.cast(items.get(index));
  }
}
