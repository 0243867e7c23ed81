package io.reverie.jobs.run;

import java.io.Serializable;

/**
 * Receives the start and end of every item in the task that processes it, so that nothing is lost
 * if the driver dies. An exception thrown here fails the task, not the item.
 */
public interface ItemListener extends Serializable {

  /** Work on an item starts; called again if Spark retries the task. */
  void begun(WorkItem item);

  void ended(WorkItem item, Outcome outcome);

  /** Returns what the task of one item needs of this: nothing that grows with the others. */
  default ItemListener only(WorkItem item) {
    return this;
  }

  static ItemListener none() {
    return new ItemListener() {
      private static final long serialVersionUID = 1L;

      @Override
      public void begun(WorkItem item) {}

      @Override
      public void ended(WorkItem item, Outcome outcome) {}
    };
  }
}
