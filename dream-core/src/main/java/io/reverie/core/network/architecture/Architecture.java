package io.reverie.core.network.architecture;

import io.reverie.core.network.graph.Op;

/** The built-in architectures, with torchvision's layer names. */
public enum Architecture {
  ALEXNET,
  GOOGLENET,
  INCEPTION_V3,
  RESNET18,
  RESNET50,
  SQUEEZENET1_0,
  SQUEEZENET1_1,
  VGG16,
  VGG19;

  /**
   * Builds the tree of operations.
   *
   * @param classes number of classes
   */
  public Op of(int classes) {
    return switch (this) {
      case ALEXNET -> AlexNet.of(classes);
      case GOOGLENET -> GoogLeNet.of(classes);
      case INCEPTION_V3 -> InceptionV3.of(classes);
      case RESNET18 -> ResNet.resnet18(classes);
      case RESNET50 -> ResNet.resnet50(classes);
      case SQUEEZENET1_0 -> SqueezeNet.version10(classes);
      case SQUEEZENET1_1 -> SqueezeNet.version11(classes);
      case VGG16 -> Vgg.vgg16(classes);
      case VGG19 -> Vgg.vgg19(classes);
    };
  }
}
