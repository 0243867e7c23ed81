package io.reverie.core.weights;

import static io.reverie.core.weights.CaffeFilesTest.elements;
import static io.reverie.core.weights.CaffeFilesTest.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.weights.tensor.StateDict;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of weights/make_messages.py, whose element i is (i - 3) / 8. */
class GraphFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"graph.pb", "inception.zip"})
  void constantsAreReadWithTheirOutputsFirst(String name) throws Exception {
    StateDict weights = WeightsFile.read(file(name));
    assertThat(weights.names())
        .containsExactly(
            "conv2d0.weight", "conv2d0.bias", "softmax2.weight", "softmax2.bias", "mean");
    float[] stored = elements(48);
    float[] kernel = weights.get("conv2d0.weight", 4, 3, 2, 2).values();
    for (int out = 0; out < 4; out++) {
      for (int in = 0; in < 3; in++) {
        for (int at = 0; at < 4; at++) {
          assertThat(kernel[(out * 3 + in) * 4 + at]).isEqualTo(stored[(at * 3 + in) * 4 + out]);
        }
      }
    }
    assertThat(weights.get("conv2d0.bias", 4).values()).containsExactly(elements(4));
    float[] matrix = weights.get("softmax2.weight", 5, 4).values();
    for (int out = 0; out < 5; out++) {
      for (int in = 0; in < 4; in++) {
        assertThat(matrix[out * 4 + in]).isEqualTo(elements(20)[in * 5 + out]);
      }
    }
    assertThat(weights.get("softmax2.bias", 5).values())
        .containsExactly(0.5f, 0.5f, 0.5f, 0.5f, 0.5f);
    assertThat(weights.get("mean").values()).containsExactly(117f);
  }

  @Test
  void aGraphStoredInAZipIsReadInPlace() throws Exception {
    byte[] zip = new ZipWriter().stored("a/graph.pb", Files.readAllBytes(file("graph.pb"))).end();
    StateDict weights = WeightsFile.read("stored.zip", zip);
    assertThat(weights.get("conv2d0.bias", 4).values()).containsExactly(elements(4));
  }

  @Test
  void theNamesOfClassesBesideAGraphAreRead() throws Exception {
    assertThat(WeightsFile.labels(file("inception.zip"))).containsExactly("cat", "dog");
    assertThat(WeightsFile.labels(file("graph.pb"))).isEmpty();
    assertThat(WeightsFile.labels(file("checkpoint.zip.pth"))).isEmpty();
  }

  @Test
  void namesOfClassesCannotCommandATerminal() throws Exception {
    byte[] graph = Files.readAllBytes(file("graph.pb"));
    byte[] labels = "kit fox\r\n\u001b[31mlynx\n".getBytes(StandardCharsets.UTF_8);
    Path zip = folder.resolve("a.zip");
    Files.write(
        zip, new ZipWriter().stored("g.pb", graph).stored("x_label_strings.txt", labels).end());
    assertThat(WeightsFile.labels(zip)).containsExactly("kit fox", "[31mlynx");
  }

  @Test
  void namesOfClassesWithoutEndAreRejected() throws Exception {
    byte[] graph = Files.readAllBytes(file("graph.pb"));
    Path zip = folder.resolve("long.zip");
    Files.write(
        zip,
        new ZipWriter().stored("g.pb", graph).stored("labels.txt", new byte[(1 << 20) + 1]).end());
    assertThatThrownBy(() -> WeightsFile.labels(zip))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("long.zip", "labels.txt", "too many for names of classes");
  }

  @Test
  void aGraphThatExpandsWithoutBoundIsRejected() {
    byte[] zeros = new byte[1 << 20];
    byte[] zip = new ZipWriter().deflated("graph.pb", zeros, zeros.length).end();
    assertThatThrownBy(() -> WeightsFile.read("bomb.zip", zip))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("bomb.zip", "1048576 bytes compressed to");
  }

  @Test
  void aGraphThatIsShorterThanItsZipSaysIsRejected() {
    byte[] noise = new byte[2000];
    new Random(1).nextBytes(noise);
    byte[] zip = new ZipWriter().deflated("graph.pb", noise, 4000).end();
    assertThatThrownBy(() -> WeightsFile.read("short.zip", zip))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("short.zip", "graph.pb");
  }

  @Test
  void aRepeatedValueDoesNotMakeATensorWithoutBound() {
    byte[] tensor =
        MessageFiles.message(
            out -> {
              out.writeInt32(1, 1);
              out.writeByteArray(
                  2,
                  MessageFiles.message(
                      shape ->
                          shape.writeByteArray(
                              2, MessageFiles.message(side -> side.writeInt64(1, 1 << 30)))));
              out.writeByteArray(5, new byte[4]);
            });
    byte[] graph =
        MessageFiles.message(
            out -> {
              for (int i = 0; i < 3; i++) {
                out.writeByteArray(1, constant("c" + i, tensor));
              }
            });
    assertThatThrownBy(() -> WeightsFile.read("wide.pb", graph))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("wide.pb", "c0", "has 1 values");
  }

  private static byte[] constant(String name, byte[] tensor) {
    return MessageFiles.message(
        node -> {
          node.writeString(1, name);
          node.writeString(2, "Const");
          node.writeByteArray(
              5,
              MessageFiles.message(
                  entry -> {
                    entry.writeString(1, "value");
                    entry.writeByteArray(
                        2, MessageFiles.message(value -> value.writeByteArray(8, tensor)));
                  }));
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"VariableV2", "VarHandleOp"})
  void aGraphWhoseWeightsAreElsewhereIsNoDamage(String op) {
    byte[] graph =
        MessageFiles.message(
            out -> {
              for (int i = 0; i < 3; i++) {
                out.writeByteArray(
                    1,
                    MessageFiles.message(
                        node -> {
                          node.writeString(1, "w");
                          node.writeString(2, op);
                        }));
              }
            });
    assertThatThrownBy(() -> WeightsFile.read("variables.pb", graph))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("is a TensorFlow graph whose weights are in other files; freeze it")
        .hasMessageNotContaining("damaged");
  }
}
