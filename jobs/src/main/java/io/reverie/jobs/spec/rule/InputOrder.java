package io.reverie.jobs.spec.rule;

/** The channel order of a network's input. */
public enum InputOrder {
  /** That of the weights. */
  AUTO,
  RGB,
  BGR
}
