package io.reverie.core.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A list or a set. It may contain itself, or be contained many times in many others; equals,
 * hashCode and toString are therefore {@link Object}'s and do not inspect the items.
 */
public final class Items {

  private final List<Object> items = new ArrayList<>();

  Items() {}

  void addAll(List<Object> more, MemoryBudget memory) throws MalformedPickle {
    memory.reserve(8L * more.size());
    items.addAll(more);
  }

  public List<Object> all() {
    return Collections.unmodifiableList(items);
  }
}
