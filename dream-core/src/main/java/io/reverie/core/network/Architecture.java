package io.reverie.core.network;

import java.util.List;

/** The architectures that are written in Java, under torchvision's names. */
enum Architecture {
  SQUEEZENET1_0,
  SQUEEZENET1_1,
  GOOGLENET;

  /** The steps in order; a layer is what its step gives out. */
  List<Stage> stages() {
    return switch (this) {
      case SQUEEZENET1_0 -> SqueezeNet.version10();
      case SQUEEZENET1_1 -> SqueezeNet.version11();
      case GOOGLENET -> GoogLeNet.stages();
    };
  }
}
