package io.reverie.core.weights.format;

import io.reverie.core.protobuf.MalformedProtobuf;
import io.reverie.core.protobuf.ProtobufReader;
import io.reverie.core.weights.source.ForeignFormat;
import io.reverie.core.weights.source.MalformedWeights;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.source.SourceStream;
import io.reverie.core.weights.tensor.ElementType;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.StoredValues;
import io.reverie.core.weights.tensor.Tensor;
import io.reverie.core.weights.tensor.TensorLayout;
import io.reverie.core.weights.tensor.Tensors;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads Caffe's binary networks (.caffemodel): the message NetParameter of <a
 * href="https://github.com/BVLC/caffe/blob/master/src/caffe/proto/caffe.proto">caffe.proto</a>. The
 * tensors of a layer L are {@code L.weight}, {@code L.bias} and, if there are more, {@code L.2},
 * {@code L.3}.
 *
 * <p>Layers come in two forms (LayerParameter and, before 2015, V1LayerParameter), and so do
 * shapes: until 2014 every tensor had four dimensions, a bias 1 x 1 x 1 x N and a fully connected
 * layer's matrix 1 x 1 x out x in; these ones are left out here.
 */
public final class CaffeReader {

  /** Fields of NetParameter. */
  private static final int LAYER = 100;

  private static final int OLD_LAYER = 2;

  private static final int CONVOLUTION = 4;
  private static final int DECONVOLUTION = 39;
  private static final int OLD_SIDES = 4;

  private final Source source;
  private final ProtobufReader in;
  private final Tensors tensors = new Tensors();

  /** A tensor as it is stored. */
  private record Blob(long[] shape, boolean old, ElementType type, StoredValues values) {}

  private CaffeReader(Source source, ProtobufReader in) {
    this.source = source;
    this.in = in;
  }

  public static StateDict read(Source source) throws IOException, MalformedWeights, ForeignFormat {
    SourceStream stream = new SourceStream(source, 0, source.size());
    try {
      CaffeReader reader = new CaffeReader(source, ProtobufReader.of(stream, source.size()));
      reader.readNetwork();
      if (reader.tensors.areNone()) {
        throw new ForeignFormat(
            "is a Caffe network without weights; pass the .caffemodel from its training");
      }
      return reader.tensors.of(source);
    } catch (MalformedProtobuf e) {
      throw new MalformedWeights("as a Caffe network, " + e.getMessage(), e);
    }
  }

  private interface Layer {
    void read() throws IOException, MalformedProtobuf, MalformedWeights;
  }

  /** Carries a checked exception through a message's body. */
  private void message(Layer body) throws IOException, MalformedProtobuf, MalformedWeights {
    MalformedWeights[] thrown = new MalformedWeights[1];
    in.message(
        () -> {
          try {
            body.read();
          } catch (MalformedWeights e) {
            thrown[0] = e;
          }
        });
    if (thrown[0] != null) {
      throw thrown[0];
    }
  }

  private void readNetwork() throws IOException, MalformedProtobuf, MalformedWeights {
    while (in.next()) {
      if (in.field() == LAYER) {
        message(() -> readLayer(1, 2, 7));
      } else if (in.field() == OLD_LAYER) {
        message(() -> readLayer(4, 5, 6));
      }
    }
  }

  /** Reads a layer, whose fields have other numbers in the older form. */
  private void readLayer(int nameField, int typeField, int blobsField)
      throws IOException, MalformedProtobuf, MalformedWeights {
    String name = "";
    boolean convolution = false;
    List<Blob> blobs = new ArrayList<>();
    while (in.next()) {
      if (in.field() == nameField) {
        name = Tensors.plain(in.text(Tensors.LONGEST_NAME));
      } else if (in.field() == typeField) {
        convolution = isConvolution();
      } else if (in.field() == blobsField) {
        message(() -> blobs.add(blob()));
      }
    }
    for (int i = 0; i < blobs.size(); i++) {
      String key = name + List.of(".weight", ".bias").stream().skip(i).findFirst().orElse("." + i);
      tensors.put(key, tensor(key, blobs.get(i), i, convolution));
    }
  }

  private boolean isConvolution() throws IOException, MalformedProtobuf {
    return switch (in.wire()) {
      case VARINT -> {
        long type = in.integer();
        yield type == CONVOLUTION || type == DECONVOLUTION;
      }
      case BYTES -> in.text(Tensors.LONGEST_NAME).endsWith("onvolution");
      default -> false;
    };
  }

  private Blob blob() throws IOException, MalformedProtobuf, MalformedWeights {
    long[] old = {1, 1, 1, 1};
    long[] shape = old;
    ElementType type = ElementType.F32;
    StoredValues values = new StoredValues(source);
    while (in.next()) {
      switch (in.field()) {
        case 1, 2, 3, 4 -> old[in.field() - 1] = in.integer();
        case 5 -> values.add(ElementType.F32, in.bytes());
        case 7 -> {
          long[][] sides = {{}};
          in.message(() -> sides[0] = shape());
          shape = sides[0];
        }
        case 8 -> {
          type = ElementType.F64;
          values.add(type, in.bytes());
        }
        default -> {}
      }
    }
    return new Blob(shape, shape == old, type, values);
  }

  private long[] shape() throws IOException, MalformedProtobuf {
    long[] shape = {};
    while (in.next()) {
      if (in.field() == 1) {
        long[] more = in.integers(TensorLayout.MAX_DIMENSIONS);
        int before = shape.length;
        shape = Arrays.copyOf(shape, Math.min(TensorLayout.MAX_DIMENSIONS, before + more.length));
        System.arraycopy(more, 0, shape, before, shape.length - before);
      }
    }
    return shape;
  }

  private static Tensor tensor(String key, Blob blob, int index, boolean convolution)
      throws MalformedWeights {
    long[] shape = blob.old() ? plain(blob.shape(), index, convolution) : blob.shape();
    if (Arrays.stream(shape).anyMatch(side -> side < 0)) {
      throw new MalformedWeights(
          "its tensor %s has the shape %s".formatted(key, Arrays.toString(shape)));
    }
    return blob.values().tensor(key, layout(key, blob.type(), shape), false);
  }

  private static TensorLayout layout(String key, ElementType type, long[] shape)
      throws MalformedWeights {
    try {
      return TensorLayout.contiguous(type, shape);
    } catch (ArithmeticException e) {
      throw new MalformedWeights("its tensor %s is too large".formatted(key), e);
    }
  }

  /** Drops the dimensions that a bias or a matrix has only in the old form. */
  private static long[] plain(long[] old, int index, boolean convolution) {
    if (index > 0) {
      return Arrays.copyOfRange(old, OLD_SIDES - 1, OLD_SIDES);
    }
    boolean matrix = !convolution && old[0] == 1 && old[1] == 1;
    return matrix ? Arrays.copyOfRange(old, 2, OLD_SIDES) : old;
  }
}
