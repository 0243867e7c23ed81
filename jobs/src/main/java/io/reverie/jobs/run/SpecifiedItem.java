package io.reverie.jobs.run;

import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** An item and the settings that it is dreamed with. */
public record SpecifiedItem(WorkItem item, ResolvedSpec resolved)
    implements Serializable, Locality.Located {

  @Override
  public Optional<Location> place() {
    return item.isNoise() ? Optional.empty() : Optional.of(Location.of(item.input()));
  }

  /** Whether all items have the same settings. */
  public static boolean areAlike(List<SpecifiedItem> items) {
    return items.stream().map(SpecifiedItem::resolved).distinct().count() <= 1;
  }

  /** Gives several items the same settings. */
  public static List<SpecifiedItem> of(List<WorkItem> items, ResolvedSpec resolved) {
    return items.stream().map(item -> new SpecifiedItem(item, resolved)).toList();
  }
}
