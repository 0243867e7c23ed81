package io.reverie.core.dream;

/** Which part of the colours may change. */
public enum Colours {
  ALL,
  /** Lightness alone: the colours of the photo stay. */
  LUMA,
  /** Colours alone: the drawing of the photo stays. */
  CHROMA
}
