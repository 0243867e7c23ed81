package io.reverie.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.reverie.core.DreamException;
import io.reverie.core.weights.tensor.StateDict;
import io.reverie.core.weights.tensor.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads files written by PyTorch, and malicious ones; weights/make_weights.py makes both. */
class TorchFilesTest {

  private static final Path SQUEEZENET = Path.of("../../shared/models/squeezenet1_0-imagenet.pth");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"types.zip.pth", "types.legacy.pth"})
  void everyTypeIsConvertedToFloat32(String name) throws IOException {
    StateDict weights = WeightsFile.read(file(name));
    assertThat(weights.get("f16").values()).containsExactly(1.5f, -0.099975586f, 65504f, 0x1p-24f);
    assertThat(weights.get("bf16").values()).containsExactly(1.5f, -3.140625f, 0x1.94p99f);
    assertThat(weights.get("f64").values()).containsExactly(1 / 3f, -2f);
    assertThat(weights.get("i64").values()).containsExactly(7f, -9f);
    assertThat(weights.get("parameter").values()).containsExactly(0.25f, 0.5f);
  }

  @ParameterizedTest
  @ValueSource(strings = {"types.zip.pth", "types.legacy.pth"})
  void viewsAreCopiedRowByRow(String name) throws IOException {
    StateDict weights = WeightsFile.read(file(name));
    same(weights.get("f32"), new long[] {3, 4}, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    same(weights.get("transposed"), new long[] {4, 3}, 0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
    same(weights.get("window"), new long[] {2, 2}, 5, 6, 9, 10);
    same(weights.get("every_other"), new long[] {3, 2}, 0, 2, 4, 6, 8, 10);
    same(weights.get("scalar"), new long[] {}, 168);
    same(weights.get("empty"), new long[] {0, 3});
    assertThat(weights.names()).first().isEqualTo("f32");
  }

  @ParameterizedTest
  @ValueSource(strings = {"checkpoint.zip.pth", "checkpoint.legacy.pth"})
  void aTrainingCheckpointGivesPlainParameterNames(String name) throws IOException {
    StateDict weights = WeightsFile.read(file(name));
    assertThat(weights.names())
        .containsExactly(
            "0.weight",
            "0.bias",
            "1.weight",
            "1.bias",
            "1.running_mean",
            "1.running_var",
            "1.num_batches_tracked");
    same(weights.get("0.weight"), new long[] {2, 1, 1, 1}, 4, 8);
  }

  @Test
  void aPython2CheckpointGivesPlainParameterNames() throws IOException {
    StateDict weights = WeightsFile.read(file("scenes.legacy.pth"));
    assertThat(weights.names())
        .containsExactly(
            "features.0.weight", "features.0.bias", "classifier.1.weight", "classifier.1.bias");
    same(weights.get("features.0.weight"), new long[] {2, 1, 1, 1}, 6, 10);
  }

  @Test
  void weightsOfAnotherNetworkAreReportedWithTheRemedy() throws IOException {
    Path file = file("types.zip.pth");
    StateDict weights = WeightsFile.read(file);
    for (ThrowingCallable wrong :
        List.<ThrowingCallable>of(() -> weights.get("fc.bias"), () -> weights.get("f32", 3, 5))) {
      assertThatThrownBy(wrong)
          .isInstanceOf(DreamException.class)
          .hasMessageStartingWith("the weights %s belong to another network: they ".formatted(file))
          .hasMessageEndingWith("or name theirs with --network");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "system-global, os.system",
    "eval-stack-global, builtins.eval",
    "system-inst, os.system",
    "system-obj, os.system"
  })
  void picklesThatRunCodeAreRejectedInBothContainers(String name, String why) throws IOException {
    for (String container : new String[] {".bad.pth", ".legacy.bad.pth"}) {
      assertThatThrownBy(() -> WeightsFile.read(file(name + container)))
          .isInstanceOf(DreamException.class)
          .hasMessageContainingAll(name + container, why, "was not used");
    }
    assertThat(Path.of("reverie-was-here")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource({"newobj, decimal.Decimal", "datetime-global, datetime.date"})
  void picklesOfAnotherObjectAreNamedForWhatTheyAre(String name, String what) throws IOException {
    for (String container : new String[] {".bad.pth", ".legacy.bad.pth"}) {
      assertThatThrownBy(() -> WeightsFile.read(file(name + container)))
          .isInstanceOf(DreamException.class)
          .hasMessageContainingAll("is a whole Python object (" + what, "state_dict()")
          .hasMessageNotContaining("unsafe");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "legacy"})
  void aWholePickledModelIsNamedForWhatItIs(String container) throws IOException {
    assertThatThrownBy(() -> WeightsFile.read(file("trained/whole." + container + ".pth")))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("is a whole Python object (__main__.Tiny)")
        .hasMessageNotContaining("unsafe");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "model.zip",
        "model.legacy",
        "model.deflated",
        "model_state_dict.zip",
        "model_state_dict.legacy",
        "net.zip",
        "params_ema.legacy",
        "nested.zip",
        "pair.legacy",
        "compiled.zip"
      })
  void theOneMapOfTensorsIsFoundUnderAnyName(String name) throws IOException {
    StateDict weights = WeightsFile.read(file("trained/" + name + ".pth"));
    assertThat(weights.names())
        .containsExactly("conv1.weight", "conv1.bias", "fc.weight", "fc.bias");
    same(weights.get("conv1.weight"), new long[] {2, 3, 1, 1}, 0, 1, 2, 3, 4, 5);
    same(weights.get("fc.bias"), new long[] {3}, 0, 0, 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"zip", "legacy"})
  void severalMapsOfTensorsAreListed(String container) throws IOException {
    assertThatThrownBy(() -> WeightsFile.read(file("trained/two." + container + ".pth")))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("under several names, student, teacher;", "['student']")
        .hasMessageNotContaining("unsafe");
  }

  @ParameterizedTest
  @CsvSource({
    "stride-outside, exceeds its storage",
    "stride-overflow, exceeds its storage",
    "stride-zero-huge, exceeds its storage",
    "endless, contains no tensors",
    "big-endian, big-endian"
  })
  void filesWithImpossibleTensorsAreRejected(String name, String why) throws IOException {
    assertThatThrownBy(() -> WeightsFile.read(file(name + ".bad.pth")))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining(why);
  }

  @ParameterizedTest
  @ValueSource(strings = {"types.zip.pth", "types.legacy.pth"})
  void aFileTruncatedAnywhereIsRejected(String name) throws IOException {
    byte[] whole = Files.readAllBytes(file(name));
    Path cut = folder.resolve("cut.pth");
    for (int length = 0; length < whole.length; length++) {
      Files.write(cut, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> WeightsFile.read(cut))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(DreamException.class)
          .hasMessageContaining("cut.pth");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"types.zip.pth", "types.legacy.pth", "trained/model.deflated.pth"})
  void aDamagedByteNeverCausesAnUnexpectedException(String name) throws IOException {
    byte[] whole = Files.readAllBytes(file(name));
    Path damaged = folder.resolve("damaged.pth");
    for (int at = 0; at < whole.length; at++) {
      for (int value : new int[] {0x7f, 0xff}) {
        byte[] bytes = whole.clone();
        bytes[at] = (byte) value;
        Files.write(damaged, bytes);
        assertThat(problem(damaged)).as("%02x at %d", value, at).isNotEqualTo("a bug");
      }
    }
  }

  private static String problem(Path file) {
    try {
      StateDict weights = WeightsFile.read(file);
      weights.names().forEach(name -> weights.get(name).values());
      return weights.names().isEmpty() ? "empty" : "none";
    } catch (DreamException e) {
      return e.getMessage();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return "a bug";
    }
  }

  @Test
  void aPickleThatIsNotFromPyTorchIsRejected() throws IOException {
    Path pickle =
        Files.write(folder.resolve("numbers.pkl"), new byte[] {-128, 2, 'K', 1, '.', 0, 0, 0});
    assertThatThrownBy(() -> WeightsFile.read(pickle))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("not from PyTorch");
  }

  @Test
  void theImageNetWeightsOfSqueezeNetAreRead() {
    assumeThat(SQUEEZENET).exists();
    StateDict weights = WeightsFile.read(SQUEEZENET);
    assertThat(weights.names()).hasSize(52);
    assertThat(weights.get("features.0.weight").shape()).containsExactly(96, 3, 7, 7);
  }

  /** Compares values in quarters: the test tensors count up in steps of 0.25. */
  private static void same(Tensor tensor, long[] shape, int... quarters) {
    float[] values = new float[quarters.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = quarters[i] / 4f;
    }
    assertThat(tensor.shape()).containsExactly(shape);
    assertThat(tensor.values()).containsExactly(values);
  }

  private Path file(String name) throws IOException {
    Path copy = folder.resolve(Path.of(name).getFileName());
    try (InputStream in = TorchFilesTest.class.getResourceAsStream("/weights/" + name)) {
      Files.write(copy, in.readAllBytes());
    }
    return copy;
  }
}
