package io.reverie.core.objective;

/** The objectives that settings can name, in lower case. */
public enum ObjectiveKind {
  L2,
  MEAN,
  NEURON,
  CLASS,
  GUIDE
}
