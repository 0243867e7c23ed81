package io.reverie.core.pickle;

/** Resolves the names in a pickle to plain data. No name is ever looked up in this program. */
public interface Globals {

  /**
   * Resolves a Python name to a {@link Factory}, a plain value or a {@link Foreign}.
   *
   * @throws MalformedPickle for a name that only attacks need
   */
  Object named(String module, String name) throws MalformedPickle;

  /**
   * Resolves a persistent id, by which a pickle refers to data outside it.
   *
   * @throws MalformedPickle for an id of unknown form
   */
  Object stored(Tuple id) throws MalformedPickle;

  /** Creates a plain value in place of a Python function. */
  interface Factory {

    /**
     * Creates the value.
     *
     * @param memory charged for everything that is copied, because a pickle may repeat the same
     *     arguments a million times
     */
    Object create(Tuple arguments, MemoryBudget memory) throws MalformedPickle;
  }
}
