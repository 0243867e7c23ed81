package io.reverie.jobs.run;

import java.io.Serializable;

/**
 * Hears of every item, in the tasks that work on it, so that a dying driver loses nothing. What it
 * throws ends the item's task, not the item.
 */
public interface ItemListener extends Serializable {

  /** The first work on an item begins; perhaps not for the first time. */
  void begun(WorkItem wish);

  /** An item has ended. */
  void ended(WorkItem wish, Outcome outcome);

  /** Hears nothing. */
  static ItemListener none() {
    return new ItemListener() {
      private static final long serialVersionUID = 1L;

      @Override
      public void begun(WorkItem wish) {}

      @Override
      public void ended(WorkItem wish, Outcome outcome) {}
    };
  }
}
