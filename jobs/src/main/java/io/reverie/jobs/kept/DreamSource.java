package io.reverie.jobs.kept;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Sha256;
import io.reverie.jobs.terminal.Redaction;
import java.io.Serializable;

/**
 * The input and settings of a dream.
 *
 * @param input as the user named it
 * @param identity of its content
 */
public record DreamSource(String input, String identity, ResolvedSpec resolved)
    implements Serializable {

  /** Raise when readers of the old format would misread the new one. */
  static final int VERSION = 1;

  private static final int LONGEST_NAME = 60;

  private static final int HASH = 16;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the name of the input for use in a file name; all its versions have the same. */
  String name() {
    return name(input);
  }

  static String name(String input) {
    String name = new Location(Redaction.of(input)).name().replaceAll("[^\\p{L}\\p{N}._%-]", "-");
    return name.codePoints()
        .limit(LONGEST_NAME)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /** Returns the name of the input for messages. */
  String shown() {
    return new Location(Redaction.of(input)).name();
  }

  /** Identifies everything that determines the dream. */
  String key() {
    String all = String.join("\n", identity, resolved.dreamId(), Integer.toString(VERSION));
    return Sha256.of(all).substring(0, HASH);
  }

  /** Identifies the input's version without revealing its location. */
  String inputHash() {
    return Sha256.of(identity).substring(0, HASH);
  }

  /** Returns all settings, in the form in which results record them. */
  ObjectNode settings(Location output) {
    Provenance made =
        Provenance.of(
            "dream",
            resolved,
            SourceInfo.generated(shown()),
            output,
            MachineInfo.ofThisMachine("cpu"));
    return (ObjectNode) made.json().path("spec");
  }

  ObjectNode description(Location output) {
    ObjectNode root = JSON.createObjectNode().put("version", VERSION);
    root.put("input", inputHash());
    root.set("settings", settings(output));
    return root;
  }
}
