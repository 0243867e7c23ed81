package io.reverie.core.engine;

/** NNPACK, which prints a warning for every small convolution that it does not support. */
final class NnPack {

  private NnPack() {}

  /**
   * Disables NNPACK by at::globalContext().setUserEnabledNNPACK(false). Without that function, only
   * the warnings remain.
   */
  static void disable() {
    TorchContext.set("_ZN2at7Context20setUserEnabledNNPACKEb", false);
  }
}
