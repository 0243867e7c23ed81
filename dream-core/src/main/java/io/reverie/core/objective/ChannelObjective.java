package io.reverie.core.objective;

/** An objective on a selection of a layer's channels. */
sealed interface ChannelObjective extends Objective permits L2, Mean {

  ChannelSelector channels();

  @Override
  default boolean needsChannelMeans() {
    return channels().dependsOnActivations();
  }

  @Override
  default String target() {
    return channels().of(layer());
  }

  @Override
  default void requireChannels(long count) {
    channels().requireIn(layer(), count);
  }
}
