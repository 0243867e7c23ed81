package io.reverie.jobs;

import java.io.Serializable;

/**
 * Hears of every item, in the tasks that work on it, so that a dying driver loses nothing. What it
 * throws ends the item's task, not the item.
 */
public interface ItemListener extends Serializable {

  /** The first work on an item begins; perhaps not for the first time. */
  void begun(Wish wish);

  /** An item has ended. */
  void ended(Wish wish, Outcome outcome);

  /** Hears nothing. */
  static ItemListener none() {
    return new ItemListener() {
      private static final long serialVersionUID = 1L;

      @Override
      public void begun(Wish wish) {}

      @Override
      public void ended(Wish wish, Outcome outcome) {}
    };
  }
}
