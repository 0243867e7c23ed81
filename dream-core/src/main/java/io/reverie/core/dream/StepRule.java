package io.reverie.core.dream;

/** What a gradient is divided by before it becomes a step. */
public enum StepRule {
  /** The mean of its magnitudes (Google 2015): a step changes the image by so much on average. */
  MEAN,
  /** Its standard deviation (TensorFlow's tutorial): outliers make the rest calmer. */
  STD
}
