package io.reverie.core.weights;

import io.reverie.core.protobuf.MalformedProtobuf;
import io.reverie.core.protobuf.ProtobufReader;
import io.reverie.core.protobuf.Wire;
import io.reverie.core.weights.source.Source;
import io.reverie.core.weights.source.SourceStream;
import java.io.IOException;
import java.util.Optional;

/**
 * Formats that are one protobuf message. A message does not say what it is; the numbers and
 * encodings of its outermost fields do.
 */
enum ProtobufFormat {
  /** NetParameter: its name (1), then layers (100) or older layers (2). */
  CAFFE,
  /** GraphDef: nodes (1), a library (2) and versions (3, 4). */
  TENSORFLOW,
  /** ModelProto: a version (1), the producer (2 to 6), a graph (7) and operator sets (8). */
  ONNX,
  /** A version (1) and meta graphs (2). */
  SAVED_MODEL;

  private static final int CAFFE_LAYER = 100;

  /**
   * Finds the format of a file.
   *
   * @return empty if it is none of them
   */
  static Optional<ProtobufFormat> of(Source source) throws IOException {
    Outline outline = new Outline();
    try {
      ProtobufReader in =
          ProtobufReader.of(new SourceStream(source, 0, source.size()), source.size());
      while (in.next() && !outline.isDecided()) {
        outline.add(in.field(), in.wire());
      }
    } catch (MalformedProtobuf e) {
      // What comes before the damage may suffice: the format's reader then says what is wrong.
    }
    return outline.format();
  }

  /** Counts of the outermost fields. */
  private static final class Outline {

    private static final int ENOUGH = 3;

    private int fields;
    private int others;
    private int texts;
    private int seconds;
    private boolean version;
    private boolean layer;
    private boolean graph;

    void add(int field, Wire wire) {
      fields++;
      boolean bytes = wire == Wire.BYTES;
      version |= fields == 1 && field == 1 && wire == Wire.VARINT;
      texts += field == 1 && bytes ? 1 : 0;
      seconds += field == 2 && bytes ? 1 : 0;
      layer |= field == CAFFE_LAYER && bytes;
      graph |= field == 7 && bytes;
      others += field > 20 && field != CAFFE_LAYER ? 1 : 0;
    }

    boolean isDecided() {
      return layer || (version && graph) || texts >= ENOUGH || (!version && seconds >= ENOUGH);
    }

    Optional<ProtobufFormat> format() {
      if (others > 0) {
        return Optional.empty();
      }
      if (version) {
        return graph
            ? Optional.of(ONNX)
            : seconds > 0 ? Optional.of(SAVED_MODEL) : Optional.empty();
      }
      if (layer || (texts <= 1 && seconds > 0)) {
        return Optional.of(CAFFE);
      }
      return texts > 0 ? Optional.of(TENSORFLOW) : Optional.empty();
    }
  }
}
