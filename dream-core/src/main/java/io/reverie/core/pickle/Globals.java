package io.reverie.core.pickle;

/** The names that a pickle may refer to. Any other name is rejected before it is called. */
public interface Globals {

  /**
   * Resolves a Python name to a {@link Factory} or a plain value.
   *
   * @throws MalformedPickle for an unknown name
   */
  Object named(String module, String name) throws MalformedPickle;

  /**
   * Resolves a persistent id, by which a pickle refers to data outside it.
   *
   * @throws MalformedPickle for an unknown id
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
