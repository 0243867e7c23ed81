package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.Test;

/** Reruns that fail or differ, each with one error message. */
class RerunErrorsIT extends RerunFixture {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aRerunNeverOverwritesWhatItIsComparedWith() throws IOException {
    Path dream = image("dream.png");
    byte[] bytes = Files.readAllBytes(dream);
    byte[] source = Files.readAllBytes(photo);
    String again = Files.writeString(again(dream), "mine").toString();
    assertSentence(CommandLineRun.of("rerun", dream.toString()), 2, again + " already exists");
    assertThat(again(dream)).hasContent("mine");
    assertSentence(overwriting(dream, dream), 2, "is the result that the rerun is compared with");
    assertSentence(overwriting(dream, photo), 2, "would overwrite its own input");
    assertSentence(
        overwriting(dream, folder.resolve("a.jpg")), 2, "name an output that ends in .png");
    assertSentence(overwriting(dream, folder), 2, "name an output that ends in .png");
    assertThat(dream).hasBinaryContent(bytes);
    assertThat(photo).hasBinaryContent(source);
    assertSame(CommandLineRun.of("rerun", "--overwrite", dream.toString()), again(dream));
  }

  private static CommandLineRun overwriting(Path dream, Path target) {
    return CommandLineRun.of("rerun", "--overwrite", dream.toString(), target.toString());
  }

  @Test
  void aRenamedResultNeedsItsExtension() throws IOException {
    Path dream = image("dream.png");
    Path bare = Files.move(dream, folder.resolve("bare"));
    Files.move(sidecar(dream), folder.resolve("bare.json"));
    assertSentence(CommandLineRun.of("rerun", bare.toString()), 2, "ends in .png, not " + bare);
  }

  @Test
  void aChangedOrMissingSourceIsAnError() throws IOException {
    Path dream = image("dream.png");
    Path kept = Files.copy(photo, folder.resolve("kept.png"));
    byte[] bytes = Files.readAllBytes(photo);
    bytes[bytes.length - 20] ^= 1;
    Files.write(photo, bytes);
    CommandLineRun changed = CommandLineRun.of("rerun", dream.toString());
    assertSentence(changed, 3, "is not the source of " + dream);
    Files.delete(photo);
    CommandLineRun gone = CommandLineRun.of("rerun", dream.toString());
    assertSentence(gone, 3, "photo ü.png; name it with --input");
    assertThat(again(dream)).doesNotExist();
    assertSame(
        CommandLineRun.of("rerun", dream.toString(), "--input", kept.toString()), again(dream));
  }

  @Test
  void theResultIsNotMistakenForASourceOfTheSameName() throws IOException {
    Path dream = image("dream.png");
    ObjectNode root = (ObjectNode) JSON.readTree(sidecar(dream).toFile());
    ((ObjectNode) root.at("/provenance/source")).put("address", "dream.png");
    JSON.writeValue(sidecar(dream).toFile(), root);
    assertSentence(
        CommandLineRun.of("rerun", dream.toString()), 3, "was in another folder; name it with");
  }

  @Test
  void aReplacedResultDiffers() throws IOException {
    Path dream = image("dream.png");
    Path other = image("other.png", "--seed", "2");
    Files.copy(other, dream, StandardCopyOption.REPLACE_EXISTING);
    CommandLineRun run = CommandLineRun.of("rerun", dream.toString());
    assertThat(run.out()).endsWith("differs from frame 1\n");
    assertThat(run.code()).isEqualTo(4);
    Files.delete(dream);
    CommandLineRun alone = CommandLineRun.of("rerun", "--overwrite", dream.toString());
    assertThat(alone.err()).contains("nothing to compare with");
    assertThat(alone.code()).isZero();
  }

  @Test
  void aNewerFormatIsAnErrorAndAnotherVersionAWarning() throws IOException {
    Path dream = image("dream.png");
    ObjectNode root = (ObjectNode) JSON.readTree(sidecar(dream).toFile());
    ObjectNode note = (ObjectNode) root.get("provenance");
    ((ObjectNode) note.get("program")).put("version", "99");
    ((ObjectNode) note.get("machine")).put("instructions", "mmx");
    JSON.writeValue(sidecar(dream).toFile(), root);
    CommandLineRun other = CommandLineRun.of("rerun", dream.toString());
    assertThat(other.err()).contains("was made by Reverie 99", "mmx, not ");
    assertThat(other.out()).endsWith("same frames\n");

    ((ObjectNode) note.get("spec")).put("octavs", 3);
    JSON.writeValue(sidecar(dream).toFile(), root);
    CommandLineRun key = CommandLineRun.of("rerun", dream.toString());
    assertSentence(key, 2, "unknown key 'octavs'");

    note.put("reverie", 2);
    JSON.writeValue(sidecar(dream).toFile(), root);
    assertSentence(CommandLineRun.of("rerun", dream.toString()), 3, "newer Reverie (99)");
  }

  @Test
  void otherFilesAreNoResults() {
    assertSentence(CommandLineRun.of("rerun", photo.toString()), 3, "records how it was made");
    assertSentence(
        CommandLineRun.of("rerun", folder.resolve("no.mp4").toString()),
        3,
        "records how it was made");
    assertSentence(
        CommandLineRun.of("rerun", "dream.png.json"), 2, "name the result itself, dream.png");
  }
}
