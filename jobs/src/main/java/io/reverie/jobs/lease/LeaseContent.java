package io.reverie.jobs.lease;

/**
 * The content of a numbered file.
 *
 * @param id unique to this lease
 * @param holder description for people
 * @param renewed milliseconds since 1970, by the holder's clock
 * @param released whether it has been given back
 */
record LeaseContent(int version, String id, String holder, long renewed, boolean released) {

  LeaseContent release() {
    return new LeaseContent(version, id, holder, renewed, true);
  }

  LeaseContent at(long now) {
    return new LeaseContent(version, id, holder, now, released);
  }
}
