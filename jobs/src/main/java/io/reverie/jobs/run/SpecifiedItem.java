package io.reverie.jobs.run;

import io.reverie.jobs.spec.ResolvedSpec;
import java.io.Serializable;
import java.util.List;

/** An item and the settings that it is dreamed with. */
public record SpecifiedItem(WorkItem item, ResolvedSpec resolved) implements Serializable {

  /** Gives several items the same settings. */
  public static List<SpecifiedItem> of(List<WorkItem> items, ResolvedSpec resolved) {
    return items.stream().map(item -> new SpecifiedItem(item, resolved)).toList();
  }
}
