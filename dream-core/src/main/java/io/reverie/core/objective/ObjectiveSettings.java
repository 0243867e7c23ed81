package io.reverie.core.objective;

/**
 * The settings of an objective. A setting that is missing or invalid throws when it is asked for,
 * and each {@link ObjectiveKind} asks only for its own.
 */
public interface ObjectiveSettings {

  String layer();

  double weight();

  ChannelSelector channels();

  /** Returns the single channel of a neuron. */
  int channel();

  /** Returns the column of a neuron, 0 (left edge) to 1 (right edge). */
  double x();

  /** Returns the row of a neuron, 0 (top) to 1 (bottom). */
  double y();

  /** Returns the objective of the named classes, which depends on the network. */
  Objective classes();

  /** Returns the objective of the guide, which depends on the network. */
  Objective guide();
}
