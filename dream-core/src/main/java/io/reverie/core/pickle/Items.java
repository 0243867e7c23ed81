package io.reverie.core.pickle;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A list or a set. It may hold itself, or be held a thousand times by each of a thousand others;
 * therefore equals, hashCode and toString are {@link Object}'s and look at nothing inside.
 */
public final class Items {

  private final List<Object> items = new ArrayList<>();

  Items() {}

  void addAll(List<Object> more, Room room) throws MalformedPickle {
    room.take(8L * more.size());
    items.addAll(more);
  }

  /** The items, in their order. */
  public List<Object> all() {
    return Collections.unmodifiableList(items);
  }
}
