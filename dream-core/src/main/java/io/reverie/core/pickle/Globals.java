package io.reverie.core.pickle;

/** The names that a pickle may use. Whatever is not among them is refused before it is called. */
public interface Globals {

  /**
   * What a name of Python's means here: a {@link Maker}, or a plain value.
   *
   * @throws MalformedPickle for a name that is not known
   */
  Object named(String module, String name) throws MalformedPickle;

  /**
   * What a persistent id means, by which a pickle refers to something outside it.
   *
   * @throws MalformedPickle for an id that is not known
   */
  Object stored(Tuple id) throws MalformedPickle;

  /** Makes a plain value where the pickle would call a function of Python's. */
  interface Maker {

    /**
     * Makes the value.
     *
     * @param room to be charged for whatever is copied: the same arguments may come a million times
     */
    Object make(Tuple arguments, Room room) throws MalformedPickle;
  }
}
