package io.reverie.core.pickle;

/**
 * Stands in for an object of a Python class that is of no interest, such as a {@code Counter}
 * beside the tensors. It remembers only what it was called: the class is never loaded, its
 * constructor never runs, and its arguments, items and attributes are dropped.
 *
 * @param module as the pickle names it
 * @param name of the class or function in the module
 */
public record Foreign(String module, String name) implements Globals.Factory {

  private static final int SHOWN = 100;

  /** Calling a placeholder gives the placeholder. */
  @Override
  public Object create(Tuple arguments, MemoryBudget memory) {
    return this;
  }

  /** Returns the full name, abbreviated and without control characters. */
  @Override
  public String toString() {
    String full = (module + "." + name).replaceAll("\\p{Cntrl}", "?");
    return full.length() > SHOWN ? full.substring(0, SHOWN) + "..." : full;
  }
}
