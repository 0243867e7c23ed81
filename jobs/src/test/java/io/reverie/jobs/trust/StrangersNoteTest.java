package io.reverie.jobs.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.rerun.Rerun;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Sha256;
import io.reverie.video.note.Note;
import io.reverie.video.note.StillNotes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Results with malicious notes. */
class StrangersNoteTest {

  private static final Path SAMPLE = Path.of("../video/src/test/media/clouds.png");
  private static final UserGrants NOTHING = grants(false);

  @TempDir private Path folder;
  private Path results;
  private Path photo;

  @BeforeEach
  void copySource() throws IOException {
    results = Files.createDirectories(folder.resolve("results"));
    photo = Files.copy(SAMPLE, results.resolve("photo.png"));
  }

  private static UserGrants grants(boolean trusting) {
    return new UserGrants(Optional.empty(), Optional.empty(), Map.of(), trusting);
  }

  /** A result with a manipulated note. */
  private Path result(Consumer<ObjectNode> change) throws IOException {
    Path result = results.resolve("dream.png");
    ResolvedSpec resolved =
        new ResolvedSpec(SpecLoader.load(List.of()).spec(), "", "/w", "0", Map.of());
    Provenance made =
        Provenance.of(
            "images",
            resolved,
            new SourceInfo("photo.png", "photo.png", Files.size(photo), Sha256.of(photo)),
            new Location(result.toString()),
            MachineInfo.ofThisMachine("cpu"));
    ObjectNode note = made.json();
    change.accept(note);
    byte[] still = Files.readAllBytes(SAMPLE);
    return Files.write(
        result, StillNotes.put(still, new Note("Reverie", note.toString())).orElseThrow());
  }

  private static ObjectNode in(ObjectNode note, String group) {
    return (ObjectNode) note.get(group);
  }

  private static void set(ObjectNode note, String network, String descriptor) {
    in(note, "spec").put("network", network);
    in(note, "network").put("descriptor", descriptor);
  }

  private static void allow(Path result, UserGrants grants) {
    Rerun rerun = Rerun.of(Location.of(result.toString()));
    SpecLoader.Loaded settings = rerun.settings(grants);
    rerun.require(rerun.needs(settings, grants), settings, grants);
  }

  @Test
  void weightsThatAreGoneAreAskedFor() throws IOException {
    Path result = result(note -> in(note, "spec").put("weights", "gone.pth"));
    assertRefused(
        result,
        NOTHING,
        "the weights %s, which the note of %s names, do not exist"
            .formatted(results.resolve("gone.pth"), result),
        "--weights FILE");
  }

  private static void assertRefused(Path result, UserGrants grants, String... parts) {
    assertThatThrownBy(() -> allow(result, grants))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(parts);
  }

  private static String embedded() throws IOException {
    try (var in =
        StrangersNoteTest.class.getResourceAsStream("/io/reverie/core/network/embedded.yaml")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String torchScript(String uri) {
    return """
        name: evil
        title: of a stranger
        architecture: torchscript
        layer: first
        minimumSide: 9
        preprocessing: {order: rgb, scale: 1, mean: [0, 0, 0], std: [1, 1, 1]}
        weights: [{uri: '%s', sha256: '%s', licence: none}]
        """
        .formatted(uri, "0".repeat(64));
  }

  @Test
  void aNoteThatNamesNothingElsewhereIsAllowed() throws IOException {
    Path result = result(note -> {});
    assertThatCode(() -> allow(result, NOTHING)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({"/.bashrc", "/../.bashrc"})
  void aDescriptorIsNeverWrittenWhateverTheNetworksName(String name) throws IOException {
    Path victim = Files.writeString(results.resolve(".bashrc"), "mine");
    String text = embedded();
    Path result = result(note -> set(note, results + name, text));
    Rerun rerun = Rerun.of(Location.of(result.toString()));
    SpecLoader.Loaded settings = rerun.settings(NOTHING);
    assertThat(victim).hasContent("mine");
    assertThat(settings.descriptor()).isEqualTo(text);
    assertThat(settings.spec().network()).isEqualTo(".bashrc");
  }

  @Test
  void aDescriptorThatIsNotInTheNoteIsNotRead() throws IOException {
    Path file = Files.writeString(results.resolve("mine.yaml"), embedded());
    assertRefused(
        result(note -> set(note, file.toString(), "")), NOTHING, "its descriptor is not recorded");
  }

  @ParameterizedTest
  @CsvSource({
    "/etc/passwd, /etc/passwd",
    "../x.png, /x.png",
    "a/../../x.png, /x.png",
    "file:///etc/passwd, /etc/passwd",
    "s3a://other/x.png, s3a://other/x.png",
    "hdfs://host/x.png, hdfs://host/x.png",
    "http://169.254.169.254/latest, http://169.254.169.254/latest"
  })
  void filesElsewhereAreRefusedWithTheirNameAndTheOption(String address, String expected)
      throws IOException {
    String outside = "which is outside the result's folder; name the file with ";
    String trust = "add --trust-note";
    assertRefused(
        result(note -> in(note, "source").put("address", address)),
        NOTHING,
        "names the source ",
        expected,
        outside + "--input FILE",
        trust);
    assertRefused(
        result(note -> in(note, "spec").put("weights", address)),
        NOTHING,
        "names the weights ",
        expected,
        outside + "--weights FILE",
        trust);
    assertRefused(
        result(note -> in(in(note, "spec"), "mask").put("file", address)),
        NOTHING,
        "names the mask ",
        expected,
        outside + "--file '" + new Location(address).name() + "=FILE'",
        trust);
  }

  @Test
  void aGuideElsewhereIsRefusedUnlessTheUserNamesOne() throws IOException {
    Path result =
        result(
            note -> {
              ObjectNode term = (ObjectNode) note.at("/spec/layers/0");
              term.put("objective", "guide").put("guide", "../secret.png");
              term.remove("channels");
            });
    assertRefused(result, NOTHING, "names the guide ", "secret.png", "--file 'secret.png=FILE'");
    UserGrants mine =
        new UserGrants(
            Optional.empty(), Optional.empty(), Map.of("secret.png", SAMPLE.toString()), false);
    assertThatCode(() -> allow(result, mine)).doesNotThrowAnyException();
  }

  @Test
  void aLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
    Path secret = Files.copy(SAMPLE, folder.resolve("secret.png"));
    Files.createSymbolicLink(results.resolve("near.png"), secret);
    Path result = result(note -> in(note, "source").put("address", "near.png"));
    assertRefused(result, NOTHING, "near.png", "--input FILE");
    assertThatCode(() -> allow(result, grants(true))).doesNotThrowAnyException();
    Files.createDirectories(folder.resolve("far"));
    Files.copy(SAMPLE, folder.resolve("far/1.png"));
    Files.createSymbolicLink(results.resolve("frames"), folder.resolve("far"));
    assertRefused(
        result(note -> in(note, "source").put("address", "frames/%d.png")),
        NOTHING,
        "--input FILE");
    Files.createDirectories(results.resolve("mixed"));
    Files.createSymbolicLink(results.resolve("mixed/1.png"), secret);
    assertRefused(
        result(note -> in(note, "source").put("address", "mixed/%d.png")), NOTHING, "--input FILE");
  }

  @Test
  void nothingIsDownloadedForANote() throws IOException {
    String network = torchScript("http://127.0.0.1:9/evil.pt").replace("torchscript", "googlenet");
    Path result = result(note -> set(note, "mine.yaml", network.replace("first", "inception4c")));
    assertRefused(
        result,
        NOTHING,
        "requires a download of the weights from http://127.0.0.1:9/evil.pt",
        "--weights");
    assertThatCode(() -> allow(result, grants(true))).doesNotThrowAnyException();
  }

  @Test
  void noProgramIsRunForANoteEvenIfTheUserNamedItAsWeights() throws IOException {
    Path module = Files.writeString(results.resolve("evil.pt"), "a program");
    Path result = result(note -> set(note, "mine.yaml", torchScript("evil.pt")));
    assertRefused(result, NOTHING, "requires running the program " + module, "--trust-note");
    UserGrants weights =
        new UserGrants(Optional.empty(), Optional.of(module.toString()), Map.of(), false);
    assertRefused(result, weights, "requires running the program", "--trust-note");
    assertThatCode(() -> allow(result, grants(true))).doesNotThrowAnyException();
  }

  @Test
  void weightsOfADescriptorMustBeBesideTheResult() throws IOException {
    String network = torchScript("../nets/a.pth").replace("torchscript", "googlenet");
    Path result = result(note -> set(note, "mine.yaml", network.replace("first", "inception4c")));
    assertRefused(result, NOTHING, folder.resolve("nets/a.pth").toString(), "--weights FILE");
  }

  @Test
  void theUsersOwnFilesMayBeAnywhere() throws IOException {
    Path result =
        result(
            note -> {
              in(note, "source").put("address", "/elsewhere/x.png");
              in(note, "spec").put("weights", "/elsewhere/net.pth");
            });
    UserGrants mine =
        new UserGrants(Optional.of("/a/x.png"), Optional.of("/b/net.pth"), Map.of(), false);
    assertThatCode(() -> allow(result, mine)).doesNotThrowAnyException();
  }

  @Test
  void aNameTakesOneLineOfTheList() {
    ExternalRef ref =
        new ExternalRef(
            ExternalRef.AccessKind.READ,
            ExternalRef.SOURCE,
            "a\n  reads the source b\u202e\u001b[31m.png");
    assertThat(ref.line())
        .isEqualTo("reads the source a\\n  reads the source b\\u202e\\u001b[31m.png");
  }
}
