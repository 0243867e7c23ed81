package io.reverie.core.weights;

import io.reverie.core.weights.source.ForeignFormat;
import io.reverie.core.weights.source.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Recognises, by their first bytes, files that users take for weights. */
final class ForeignFiles {

  private static final int HEAD = 4096;

  private static final String SAVE =
      "save the network's tensors with PyTorch (torch.save(model.state_dict(), 'weights.pth')) or as safetensors";

  /** Bytes at an offset, in ISO 8859-1. */
  private record Magic(int offset, String bytes, String what) {

    boolean isIn(String head) {
      return head.startsWith(bytes, offset);
    }
  }

  private static final List<Magic> MAGICS =
      List.of(
          new Magic(
              0,
              "\u0089HDF\r\n\u001a\n",
              "is an HDF5 file, such as Keras writes; in Python, " + SAVE),
          new Magic(
              4,
              "TFL3",
              "is a TensorFlow Lite model, whose weights are usually rounded to 8 bits; use the original model"),
          new Magic(0, "\u0093NUMPY", "is a NumPy array; in Python, " + SAVE),
          new Magic(
              0,
              "\u001f\u008b",
              "is packed with gzip; unpack it (tar xzf or gunzip) and pass the file in it"),
          new Magic(0, "BZh", "is packed with bzip2; unpack it and pass the file in it"),
          new Magic(0, "\u00fd7zXZ", "is packed with xz; unpack it and pass the file in it"),
          new Magic(0, "7z\u00bc\u00af", "is a 7z archive; unpack it and pass the file in it"),
          new Magic(0, "(\u00b5/\u00fd", "is packed with zstd; unpack it and pass the file in it"),
          new Magic(0, "Rar!", "is a RAR archive; unpack it and pass the file in it"),
          new Magic(257, "ustar", "is a tar archive; unpack it and pass the file in it"),
          new Magic(
              0,
              "version https://git-lfs.",
              "is a pointer of Git LFS, not the file itself; fetch it with git lfs pull"),
          new Magic(0, "\u0089PNG", "is a picture; name the file with the network's tensors"),
          new Magic(
              0, "\u00ff\u00d8\u00ff", "is a picture; name the file with the network's tensors"),
          new Magic(
              0, "GGUF", "is a GGUF file of a language model; a network of images is needed"));

  /** A text that describes a network. */
  private record Text(Pattern pattern, String what) {}

  private static final List<Text> TEXTS =
      List.of(
          new Text(
              Pattern.compile("(?i)^\\s*<(!doctype html|html|\\?xml)"),
              "is a web page, not weights: its download failed; download the file again and check its content"),
          new Text(
              Pattern.compile("(?m)^\\s*layers?\\s*\\{"),
              "is Caffe's description of a network without its weights (prototxt); pass the .caffemodel that belongs to it"),
          new Text(
              Pattern.compile("(?m)^\\s*node\\s*\\{"),
              "is a TensorFlow graph as text (pbtxt); pass the binary graph (.pb) that contains the weights"),
          new Text(
              Pattern.compile("(?m)^(architecture|preprocessing):"),
              "is a descriptor of a network; pass it with --network"),
          new Text(
              Pattern.compile("\\A\\p{ASCII}+\\z"),
              "is a text file, not weights; pass the file with the network's tensors"));

  private ForeignFiles() {}

  /**
   * Does nothing if the file may be of a format that is read.
   *
   * @throws ForeignFormat if it is of another known one
   */
  static void refuse(Source source) throws IOException, ForeignFormat {
    int length = (int) Math.min(HEAD, source.size());
    String head = new String(source.read(0, length).array(), StandardCharsets.ISO_8859_1);
    for (Magic magic : MAGICS) {
      if (magic.isIn(head)) {
        throw new ForeignFormat(magic.what());
      }
    }
    if (head.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t')) {
      refuseText(head);
    }
  }

  private static void refuseText(String head) throws ForeignFormat {
    for (Text text : TEXTS) {
      if (text.pattern().matcher(head).find()) {
        throw new ForeignFormat(text.what());
      }
    }
  }
}
