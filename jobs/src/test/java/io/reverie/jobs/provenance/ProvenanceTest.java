package io.reverie.jobs.provenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Sha256;
import io.reverie.jobs.terminal.Redaction;
import io.reverie.video.note.Note;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a result records, and what it does not reveal. */
class ProvenanceTest {

  private static final String HASH = "0".repeat(64);

  @TempDir private Path folder;

  private static ResolvedSpec resolved(String... assignments) {
    return new ResolvedSpec(
        SpecLoader.load(Optional.empty(), List.of(assignments)).spec(),
        "",
        "/cache/weights",
        HASH,
        Map.of());
  }

  private static SourceInfo source(String address) {
    return new SourceInfo("x.png", address, 1, "");
  }

  private static Provenance made(String address, String output, String... assignments) {
    return Provenance.of(
        "images",
        resolved(assignments),
        source(address),
        new Location(output),
        MachineInfo.ofThisMachine("cpu"));
  }

  /** Returns a copy with a network of the user's own. */
  private static Provenance made(Provenance made, String releases, String weights) {
    String descriptor =
        """
        name: mine
        title: of somebody
        architecture: torchscript
        layer: first
        minimumSide: 9
        preprocessing: {order: rgb, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]}
        weights: [%s]
        """
            .formatted(releases);
    return new Provenance(
        made.command(),
        made.program(),
        made.id(),
        made.output(),
        made.spec(),
        new UsedNetwork("mine", descriptor, weights, HASH, 0, List.of(), List.of()),
        made.source(),
        made.files(),
        made.machine());
  }

  /** By which a task that is tried again knows what it has already made. */
  @Test
  void aNoteRecordsTheSameResultWhateverMachineMadeIt() {
    String made = note("in.png", "/out/x.png");
    String here = note("in.png", "/out/x.png");
    assertThat(Provenance.isSame(made, here)).isTrue();
    String elsewhere = here.replaceFirst("\"machine\":\\{.*?}", "\"machine\":{\"device\":\"gpu\"}");
    assertThat(elsewhere).isNotEqualTo(here);
    assertThat(Provenance.isSame(made, elsewhere)).isTrue();
    for (String other :
        List.of(
            note("in.png", "/out/x.png", "seed=5"),
            note("in.png", "/out/y.png"),
            note("other.png", "/out/x.png"),
            "no note",
            "[]")) {
      assertThat(Provenance.isSame(made, other)).isFalse();
    }
  }

  private static String note(String source, String output, String... settings) {
    return made(source, output, settings).note().text();
  }

  @Test
  void classesAreRecordedWithTheirNumbersAndNames() {
    String layers = "layers=[{objective: class, class: %s}]";
    Provenance one = made("in.png", "/out/x.png", "network=resnet18", layers.formatted("285"));
    assertThat(one.json().path("network").path("classes"))
        .hasToString("{\"285\":\"Egyptian cat\"}");
    Provenance mixed =
        made(
            "in.png",
            "/out/x.png",
            "network=resnet18",
            layers.formatted("{golden retriev: 1, 1: -0.5}"));
    assertThat(mixed.json().path("network").path("classes"))
        .hasToString("{\"1\":\"goldfish\",\"207\":\"golden retriever\"}");
    assertThat(made("in.png", "/out/x.png").json().path("network").has("classes")).isFalse();
  }

  @Test
  void namesThatCameWithTheWeightsAreThoseOfTheNote() throws IOException {
    ResolvedSpec plain =
        resolved(
            "network=inception5h",
            "layers=[{objective: class, class: kit fox}]",
            "weights=/x/inception5h.zip");
    WeightsFacts facts =
        new WeightsFacts(
            "",
            0,
            "",
            List.of(),
            List.of("dummy", "kit fox"),
            plain.described().preprocessing(),
            true,
            List.of());
    ResolvedSpec resolved =
        new ResolvedSpec(plain.spec(), "", "/x/inception5h.zip", HASH, Map.of(), facts);
    JsonNode network =
        Provenance.of(
                "images",
                resolved,
                source("x.png"),
                new Location("/out/dream.png"),
                MachineInfo.ofThisMachine("cpu"))
            .json()
            .path("network");
    assertThat(network.path("classes")).hasToString("{\"1\":\"kit fox\"}");
    assertThat(network.has("labels")).isFalse();
  }

  @Test
  void whatWasAssumedAboutTheWeightsIsRecorded() throws IOException {
    ResolvedSpec plain =
        resolved("network=resnet18", "layers=[{objective: class, class: 36}]", "weights=/x/w.pth");
    WeightsFacts facts =
        new WeightsFacts(
            "model.",
            37,
            "",
            List.of(),
            List.of(),
            Preprocessing.CAFFE,
            false,
            List.of("it has 37 classes"));
    ResolvedSpec resolved = new ResolvedSpec(plain.spec(), "", "/x/w.pth", HASH, Map.of(), facts);
    Location output = new Location("/out/dream.png");
    Provenance made =
        Provenance.of(
            "images", resolved, source("x.png"), output, MachineInfo.ofThisMachine("cpu"));
    JsonNode network = made.json().path("network");
    assertThat(network.path("classes")).hasToString("{\"36\":\"36\"}");
    assertThat(network.path("assumed"))
        .extracting(JsonNode::asText)
        .containsExactly(
            "it has 37 classes",
            "weights unknown: taken as BGR, scale 1, mean 104 117 123, std 1 1 1");
    assertThat(Provenance.parse(made.note().text(), output).note()).isEqualTo(made.note());
  }

  @Test
  void notesOfEarlierVersionsSayNothingOfAssumptions() throws IOException {
    Location output = new Location("/out/dream.png");
    Provenance made = made("x.png", output.text());
    ObjectNode old = (ObjectNode) new ObjectMapper().readTree(made.note().text());
    ((ObjectNode) old.get("network")).remove(List.of("assumed", "outputs"));
    assertThat(Provenance.parse(old.toString(), output).note()).isEqualTo(made.note());
  }

  @Test
  void itRecordsTheWholeSpecAndIsReadBackUnchanged() throws IOException {
    ResolvedSpec resolved = resolved("seed=7", "preset=petals");
    Location output = new Location("/home/someone/out/dream.png");
    Provenance made =
        Provenance.of(
            "images",
            resolved,
            source("../in/ä \u007f\n.png"),
            output,
            MachineInfo.ofThisMachine("gpu1"));
    Note note = made.note();
    assertThat(Provenance.parse(note.text(), output).note()).isEqualTo(note);

    JsonNode json = new ObjectMapper().readTree(note.text());
    assertThat(json.path("reverie").asInt()).isEqualTo(1);
    assertThat(json.path("id").asText()).isEqualTo(resolved.id());
    assertThat(json.path("spec").path("seed").asInt()).isEqualTo(7);
    assertThat(json.path("network").path("sha256").asText()).isEqualTo(HASH);
    assertThat(json.path("network").path("weights").asText()).startsWith("resource:");
    assertThat(json.path("machine").path("device").asText()).isEqualTo("gpu");
    assertThat(SpecLoader.load(List.of(Overlay.ofYaml(json.path("spec").toString(), ""))).spec())
        .isEqualTo(resolved.spec());
  }

  @Test
  void weightsAreNamedRelativeToTheResultAndFoundAgain() {
    Location output = new Location("/home/someone/out/dream.png");
    Provenance made = made("x.png", output.text(), "weights=/home/someone/out/nets/a.pth");
    assertThat(made.files()).containsOnlyKeys("nets/a.pth").containsValue(HASH);
    assertThat(made.note().text()).doesNotContain("/home/someone");
    String expected = made.spec().path("weights").asText();
    assertThat(Provenance.fileAt(expected, output).text())
        .isEqualTo("/home/someone/out/nets/a.pth");
    assertThat(Provenance.fileAt(expected, new Location("/mnt/b/dream.png")).text())
        .isEqualTo("/mnt/b/nets/a.pth");
  }

  @Test
  void onlyTheNamesOfFilesElsewhereAreRecorded() {
    Location output = new Location("/home/someone/out/dream.png");
    String address = RecordedName.of(new Location("/home/someone/case/x.png"), output);
    Provenance made = made(address, output.text(), "weights=/home/someone/nets/a.pth");
    assertThat(made.files()).containsOnlyKeys("a.pth").containsValue(HASH);
    assertThat(made.note().text())
        .doesNotContain("someone", "case", "nets", "..")
        .contains("\"a.pth\"", "\"x.png\"");
    assertThat(made.json().toString()).isEqualTo(made.note().text());
    assertThat(Provenance.parse(made.note().text(), output).sourceAt(output).text())
        .isEqualTo("/home/someone/out/x.png");
  }

  @Test
  void twoFilesWithTheSameNameAreDistinguished() {
    String terms =
        "layers=[{layer: conv4.3, objective: guide, guide: /a/x.png},"
            + " {layer: conv4.3, objective: guide, guide: /b/x.png}]";
    ResolvedSpec plain = resolved(terms);
    ResolvedSpec resolved =
        new ResolvedSpec(plain.spec(), "", "/w", HASH, Map.of("/a/x.png", "1", "/b/x.png", "2"));
    Provenance made =
        Provenance.of(
            "images",
            resolved,
            source("s.png"),
            new Location("/c/d.png"),
            MachineInfo.ofThisMachine("cpu"));
    assertThat(made.files()).isEqualTo(Map.of("x.png", "1", "2-x.png", "2"));
    assertThat(made.spec().path("layers").findValuesAsText("guide"))
        .containsExactly("x.png", "2-x.png");
  }

  @ParameterizedTest
  @CsvSource({"/home/a/x.pth, x.pth", "../x.pth, x.pth", "a/../../x.pth, x.pth", "s3a://b/x, x"})
  void filesNamedByADescriptorAreSharedByNameOnly(String address, String expected) {
    assertThat(RecordedName.shared(address)).isEqualTo(expected);
  }

  @Test
  void anOverlongNoteOrOneThatNamesAResultElsewhereIsRefused() {
    Location output = new Location("dream.png");
    String note = made("x.png", "/tmp/dream.png").note().text();
    assertThatThrownBy(
            () -> Provenance.parse(note.replace("\"dream.png\"", "\"../../x.png\""), output))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("give the result name ../../x.png");
    String endless = "{\"reverie\":1,\"command\":\"" + "x".repeat(Provenance.MAX_LENGTH) + "\"}";
    assertThatThrownBy(() -> Provenance.parse(endless, output))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("longer than");
  }

  @Test
  void anIncompleteNoteIsReportedWithoutJargon() {
    Location output = new Location("dream.png");
    assertThatThrownBy(() -> Provenance.parse("{\"reverie\":1,\"command\":\"images\"}", output))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the settings recorded in dream.png are invalid: Missing creator property 'program'");
  }

  @Test
  void aDescriptorsWeightsAreRecordedByNameOnly() {
    String release = "{uri: /home/a/n.pth, licence: none}";
    Provenance plain = made("x.png", "/tmp/d.png");
    Provenance made = made(plain, release, "/home/a/n.pth");
    assertThat(made.json().toString()).doesNotContain("/home");
    assertThat(made.note().text()).contains("{uri: n.pth", "\"n.pth\"").doesNotContain("/home");
    // Even if the user's own weights were used instead.
    Provenance others = made(plain, release, "/home/b/m.pth");
    assertThat(others.note().text()).contains("{uri: n.pth", "\"m.pth\"").doesNotContain("/home");
  }

  /** Signed addresses, and addresses with passwords. */
  @ParameterizedTest
  @CsvSource({
    "https://a.org/w.pth?X-Amz-Signature=SECRET&X-Amz-Credential=SECRET, https://a.org/w.pth",
    "https://user:SECRET@a.org/w.pth, https://a.org/w.pth",
    "https://SECRET@a.org/w.pth?sig=SECRET#x, https://a.org/w.pth",
    "s3a://id:SEC/RET@bucket/w.pth, s3a://bucket/w.pth",
    "see https://a.org/w?token=SECRET and https://b.org/x, see https://a.org/w and https://b.org/x",
    "s3a://bucket/mail@home.pth, s3a://bucket/mail@home.pth",
    "what?a=b, what?a=b"
  })
  void addressesLoseTheirSecrets(String text, String expected) {
    assertThat(Redaction.of(text)).isEqualTo(expected).doesNotContain("SECRET");
  }

  @Test
  void aNoteContainsNoSecret() {
    String signed = "https://a.org/w.pth?X-Amz-Signature=SECRET";
    String release = "{uri: 'https://me:SECRET@a.org/v.pth?sig=SECRET', licence: none}";
    Location output = new Location("s3a://bucket/dream.mp4");
    PipelineSpec spec = resolved("weights='" + signed + "'").spec();
    Provenance made =
        Provenance.of(
            "video",
            new ResolvedSpec(spec, "", "/cache/weights", HASH, Map.of()),
            new SourceInfo("x", RecordedName.of(new Location(signed), output), 1, ""),
            output,
            MachineInfo.ofThisMachine("cpu"));
    assertThat(made.note().text()).contains("https://a.org/w.pth").doesNotContain("SECRET");
    Provenance ofOwn = made(made, release, "https://me:SECRET@a.org/v.pth?sig=SECRET");
    assertThat(ofOwn.note().text()).contains("https://a.org/v.pth").doesNotContain("SECRET");
  }

  @ParameterizedTest
  @CsvSource({
    "/home/a/in/x.png, /home/a/out/y.png, x.png",
    "/home/a/x.png, /home/a/y.png, x.png",
    "/home/a/in/x.png, /home/a/y.png, in/x.png",
    "/home/a/../b/x.png, /home/a/y.png, x.png",
    "/home/ab/x.png, /home/a/y.png, x.png",
    "/data/x.png, /home/a/y.png, x.png",
    "/data/x.png, /y.png, x.png",
    "/home/a/x.png, s3a://b/y.png, x.png",
    "s3a://b/in/x.png, /home/a/y.png, x.png",
    "s3a://b/in/x.png, s3a://b/out/y.png, x.png",
    "s3a://b/in/x.png, s3a://b/y.png, in/x.png",
    "s3a://b/out/../in/x.png, s3a://b/out/y.png, x.png",
    "in/x.png, out/y.png, x.png",
    "in/x.png, y.png, in/x.png"
  })
  void filesAreNamedRelativeToTheResult(String file, String output, String expected) {
    assertThat(RecordedName.of(new Location(file), new Location(output))).isEqualTo(expected);
  }

  @Test
  void aSourceIsIdentifiedByItsBytesInOrder() throws IOException {
    FileEntry a = entry("1.png", "ab");
    FileEntry b = entry("2.png", "c");
    Location pattern = new Location(folder.resolve("%d.png").toString());
    Location output = new Location(folder.resolve("out.mp4").toString());
    SourceInfo source = SourceInfo.of(pattern, List.of(a, b), output);
    assertThat(source).isEqualTo(new SourceInfo("%d.png", "%d.png", 3, Sha256.of("abc")));
    assertThat(source.isSame(SourceInfo.of(pattern, List.of(b, a), output))).isFalse();
    assertThat(source.isSame(new SourceInfo("else", "s3a://b/else", 3, ""))).isTrue();
    assertThat(source.isSame(new SourceInfo("else", "s3a://b/else", 4, ""))).isFalse();
  }

  private FileEntry entry(String name, String content) throws IOException {
    Path file = Files.writeString(folder.resolve(name), content);
    return new FileEntry(new Location(file.toString()), content.length(), 0, "");
  }
}
