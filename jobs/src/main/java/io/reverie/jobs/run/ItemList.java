package io.reverie.jobs.run;

import io.reverie.jobs.storage.Location;
import java.util.List;
import java.util.Optional;

/**
 * The items of a list, each with settings of its own.
 *
 * @param name of the list, as the user named it
 * @param items at least one
 * @param folder of the results, if the user named one
 */
public record ItemList(String name, List<SpecifiedItem> items, Optional<Location> folder) {

  public ItemList {
    items = List.copyOf(items);
    if (items.isEmpty()) {
      throw new IllegalArgumentException(name + " has no items");
    }
  }

  /** The folder where a report of all items goes. */
  public Location output() {
    return folder.orElseGet(() -> items.get(0).item().output().parent());
  }

  public List<WorkItem> workItems() {
    return items.stream().map(SpecifiedItem::item).toList();
  }
}
