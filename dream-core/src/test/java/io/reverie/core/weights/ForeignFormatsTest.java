package io.reverie.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.reverie.core.DreamException;
import io.reverie.core.pickle.PickleWriter;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What users take for weights is named for what it is, with the way out. */
class ForeignFormatsTest {

  static Stream<Arguments> files() {
    return Stream.of(
        file("model.h5", latin("\u0089HDF\r\n\u001a\n" + "\0".repeat(90)), "HDF5", "safetensors"),
        file("model.tflite", latin("\u001c\0\0\0TFL3" + "\0".repeat(90)), "TensorFlow Lite", "use"),
        file("model.npy", latin("\u0093NUMPY\1\0v\0{'descr'"), "NumPy array", "torch.save"),
        file("net.tar.gz", latin("\u001f\u008b\b\0\0\0\0\0\0\3\0\0"), "gzip", "unpack"),
        file("net.tar", latin("googlenet/" + "\0".repeat(247) + "ustar\0" + "00"), "tar", "unpack"),
        file(
            "deploy.prototxt",
            latin("name: \"GoogleNet\"\ninput: \"data\"\nlayer {\n  name: \"conv1/7x7_s2\"\n}\n"),
            "prototxt",
            ".caffemodel"),
        file("graph.pbtxt", latin("node {\n  name: \"input\"\n}\n"), "pbtxt", ".pb"),
        file("page.pth", latin("<!DOCTYPE html>\n<html>"), "web page", "download"),
        file(
            "big.pth",
            latin("version https://git-lfs.github.com/spec/v1\noid sha256:00\n"),
            "Git LFS",
            "git lfs pull"),
        file(
            "birds.yaml",
            latin("name: birds\narchitecture: resnet50\n"),
            "descriptor",
            "--network"),
        file("labels.txt", latin("kit fox\nEnglish setter\n"), "text file, not weights", "tensors"),
        file("net.zst", latin("(\u00b5/\u00fd\4\0\0\0\0\0"), "zstd", "unpack"),
        file("net.rar", latin("Rar!\u001a\7\1\0\0\0"), "RAR", "unpack"),
        file("photo.pth", latin("\u0089PNG\r\n\u001a\n\0\0"), "picture", "tensors"),
        file("photo.pt", latin("\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF"), "picture", "tensors"),
        file("saved_model.pb", savedModel(), "SavedModel", "freeze"),
        file("net.onnx", onnx(), "ONNX", "--network"),
        file("saved.zip", zip("m/saved_model.pb"), "SavedModel", "freeze"),
        file("model.keras", zip("model.weights.h5"), "Keras", "safetensors"),
        file("arrays.npz", zip("w.npy"), "NumPy arrays", "safetensors"),
        file("packed.zip", zip("a/net.caffemodel"), "a/net.caffemodel", "unpack"),
        file("photos.zip", zip("cat.jpg"), "without weights", ".pb"),
        file("module.pt", zip("m/constants.pkl"), "TorchScript", "architecture: torchscript"),
        file("whole.pth", whole("ctorchvision.models.resnet\nResNet\n"), "ResNet", "state_dict"),
        file(
            "whole.pth",
            whole("ctorch.nn.modules.container\nSequential\n"),
            "torch.nn.modules.container.Sequential",
            "state_dict"));
  }

  private static Arguments file(String name, byte[] bytes, String what, String wayOut) {
    return Arguments.of(name, bytes, what, wayOut);
  }

  private static byte[] latin(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] zip(String entry) {
    return new ZipWriter().stored(entry, new byte[9]).end();
  }

  private static byte[] whole(String global) {
    return HostileFiles.zip(new PickleWriter().raw(global).raw(")R").end())
        .stored("a/data/0", new byte[4])
        .end();
  }

  private static byte[] savedModel() {
    return MessageFiles.message(
        out -> {
          out.writeInt64(1, 1);
          out.writeByteArray(2, new byte[] {10, 2, 10, 0});
        });
  }

  private static byte[] onnx() {
    return MessageFiles.message(
        out -> {
          out.writeInt64(1, 8);
          out.writeString(2, "pytorch");
          out.writeByteArray(7, new byte[] {10, 0});
          out.writeByteArray(8, new byte[] {16, 13});
        });
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("files")
  void aFileOfAnotherFormatIsNamed(String name, byte[] bytes, String what, String wayOut) {
    Throwable refusal = catchThrowable(() -> WeightsFile.read(name, bytes));
    assertThat(refusal)
        .isInstanceOf(DreamException.class)
        .hasMessageStartingWith("the weights file %s is ".formatted(name))
        .hasMessageContainingAll(what, wayOut)
        .hasMessageNotContaining("damaged")
        .hasMessageNotContaining("\n");
  }

  @Test
  void whatIsOfNoKnownFormatIsCalledUnsafe() {
    assertThatThrownBy(() -> WeightsFile.read("noise.bin", latin("\u00ff\u00fe noise, noise")))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("is damaged or unsafe and was not used: it is neither");
  }
}
