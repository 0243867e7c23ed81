package io.reverie.core.network.architecture;

import io.reverie.core.network.graph.Op;
import java.util.function.IntFunction;

/**
 * The built-in architectures. Layers have the names that users of the weights know: torchvision's,
 * for Caffe's networks those of its blobs, for inception5h those of TensorFlow's graph.
 */
public enum Architecture {
  ALEXNET(AlexNet::of),
  BVLC_GOOGLENET(BvlcGoogLeNet::of),
  CAFFENET(CaffeNet::of),
  GOOGLENET(GoogLeNet::of),
  INCEPTION5H(Inception5h::of),
  INCEPTION_V3(InceptionV3::of),
  RESNET18(ResNet::resnet18),
  RESNET50(ResNet::resnet50),
  SQUEEZENET1_0(SqueezeNet::version10),
  SQUEEZENET1_1(SqueezeNet::version11),
  VGG16(Vgg::vgg16),
  VGG16_CAFFE(CaffeVgg::vgg16),
  VGG19(Vgg::vgg19),
  VGG19_CAFFE(CaffeVgg::vgg19);

  @SuppressWarnings("ImmutableEnumChecker") // method references have no state
  private final IntFunction<Op> builder;

  Architecture(IntFunction<Op> builder) {
    this.builder = builder;
  }

  /**
   * Builds the tree of operations.
   *
   * @param classes number of classes
   */
  public Op of(int classes) {
    return builder.apply(classes);
  }
}
