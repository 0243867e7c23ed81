package io.reverie.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.core.weights.MessageFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small network of TensorFlow's in a zip with the names of its classes, as inception5h is. */
class ClassLabelsTest {

  private static final String DESCRIPTOR =
      """
      name: small
      title: a convolution and its pooled classes
      layer: conv2d0
      minimumSide: 8
      input: 16
      preprocessing: {order: rgb, scale: 1, mean: [117, 117, 117], std: [1, 1, 1]}
      layers:
        - {name: conv2d0, op: conv, out: 4, kernel: 3, padding: 1}
        - {name: softmax2, op: classifier, out: 5}
      classes: {layer: softmax2, %s}
      weights: []
      """;

  @TempDir private static Path folder;

  private static Path graph;

  @BeforeAll
  static void writeGraph() throws IOException {
    graph = folder.resolve("graph.pb");
    Map<String, long[]> shapes = new LinkedHashMap<>();
    shapes.put("conv2d0.weight", new long[] {4, 3, 3, 3});
    shapes.put("conv2d0.bias", new long[] {4});
    shapes.put("softmax2.weight", new long[] {5, 4});
    shapes.put("softmax2.bias", new long[] {5});
    MessageFiles.graph(graph, shapes, TorchvisionNetworksTest::tensor);
  }

  @Test
  void classesWithoutNamesTakeThoseInTheZip() throws IOException {
    NetworkDescriptor network = Networks.parse(DESCRIPTOR.formatted("count: 5"), "small.yaml");
    WeightsFacts facts = Networks.facts(network, zip("dummy\nkit fox\nEnglish setter\n"), "");
    Classes classes = network.adapted(facts).classes().orElseThrow();
    assertThat(classes.names()).containsExactly("dummy", "kit fox", "English setter", "3", "4");
    assertThat(classes.id("kit fox")).isEqualTo(1);
    assertThat(classes.id("setter")).isEqualTo(2);
    assertThat(classes.id("4")).isEqualTo(4);
    assertThat(facts.remarks()).isEmpty();
  }

  @Test
  void withTheGraphAloneTheyGoByNumber() {
    NetworkDescriptor network = Networks.parse(DESCRIPTOR.formatted("count: 5"), "small.yaml");
    Classes classes = network.adapted(Networks.facts(network, graph, "")).classes().orElseThrow();
    assertThat(classes.names()).containsExactly("0", "1", "2", "3", "4");
  }

  @Test
  void namesInTheDescriptorWin() throws IOException {
    NetworkDescriptor network =
        Networks.parse(DESCRIPTOR.formatted("names: [a, b, c, d, e]"), "small.yaml");
    WeightsFacts facts = Networks.facts(network, zip("dummy\nkit fox\n"), "");
    assertThat(network.adapted(facts).classes().orElseThrow().names())
        .containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void namesOfOtherClassesAreNotUsed() throws IOException {
    NetworkDescriptor network = Networks.parse(DESCRIPTOR.formatted("count: 5"), "small.yaml");
    WeightsFacts facts = Networks.facts(network, zip("a\nb\nc\nd\ne\nf\n"), "");
    assertThat(facts.labels()).isEmpty();
    assertThat(facts.remarks())
        .containsExactly("it names 6 classes, but has 5, which go by their numbers");
  }

  @Test
  void aNameOfTwoClassesIsAmbiguous() {
    Classes classes = new Classes("logits", List.of("crane", "tench", "crane"));
    assertThatThrownBy(() -> classes.id("crane"))
        .isInstanceOf(DreamException.class)
        .hasMessage(
            "class 'crane' is ambiguous: crane (0), crane (2); use a full name or a number");
  }

  private static Path zip(String labels) throws IOException {
    Path zip = folder.resolve("small.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream entries = new ZipOutputStream(out)) {
      entries.putNextEntry(new ZipEntry("imagenet_comp_graph_label_strings.txt"));
      entries.write(labels.getBytes(StandardCharsets.UTF_8));
      entries.putNextEntry(new ZipEntry("LICENSE"));
      entries.putNextEntry(new ZipEntry("graph.pb"));
      entries.write(Files.readAllBytes(graph));
    }
    return zip;
  }
}
