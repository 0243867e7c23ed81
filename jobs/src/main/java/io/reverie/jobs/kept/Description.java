package io.reverie.jobs.kept;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.output.WorkFolder;
import io.reverie.jobs.provenance.SettingsDifference;
import io.reverie.jobs.spec.AfterDream;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The input and settings of a kept dream, read from its folder. */
record Description(String input, ObjectNode settings) {

  static final String FILE = "dream.json";

  /** Room for a list of 100,000 keyframes. */
  private static final int MAX_BYTES = 4 << 20;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Reads the description of a kept dream; empty if it is missing or unreadable. */
  static Optional<Description> of(WorkFolder dream) throws IOException {
    return dream.load(FILE, Description::read);
  }

  private static Description read(InputStream in) throws IOException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    JsonNode root = bytes.length > MAX_BYTES ? null : JSON.readTree(bytes);
    if (root != null && root.path("settings") instanceof ObjectNode settings) {
      return new Description(root.path("input").asText(), settings);
    }
    throw new JsonParseException(null, "not a description of a kept dream");
  }

  /** Returns the settings that differ from those of the kept dream; empty if only files differ. */
  List<String> changes(DreamSource now, Location output) {
    ObjectNode wanted = now.settings(output);
    List<String> changed =
        SettingsDifference.changes(
            settings, wanted, key -> !AfterDream.contains(key) && !key.equals("strength"));
    // A strength of 0 dreams nothing; others make no difference.
    return changed.isEmpty()
        ? SettingsDifference.changes(settings, wanted, key -> key.equals("strength"))
        : changed;
  }
}
