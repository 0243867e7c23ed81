package io.reverie.jobs.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.jobs.terminal.Redaction;
import io.reverie.video.note.Note;
import io.reverie.video.note.NoteReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything needed to reproduce a result, stored in its sidecar and in the file itself.
 *
 * @param command of Reverie, such as images or video
 * @param id of the settings
 * @param output name of the result, without its folder
 * @param spec all settings including the seed; files are named relative to the result
 * @param network that was used
 * @param source that was dreamed
 * @param files that the spec names, each with its SHA-256
 * @param machine that computed the result; for a video, the one that assembled it
 */
public record Provenance(
    String command,
    ProgramInfo program,
    String id,
    String output,
    ObjectNode spec,
    UsedNetwork network,
    SourceInfo source,
    Map<String, String> files,
    MachineInfo machine)
    implements Serializable {

  /** Raise when readers of the old format would misread the new one. */
  private static final int FORMAT = 1;

  private static final String KEY = "reverie";

  private static final String MACHINE = "machine";

  /** Maximum length of the JSON text, with room for a list of 100,000 keyframes. */
  static final int MAX_LENGTH = 4 << 20;

  /** Matches the part of Jackson's messages that describes its own settings. */
  private static final Pattern JACKSON_DETAILS = Pattern.compile(" \\(index.*", Pattern.DOTALL);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          // Some containers do not preserve other characters.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  public Provenance {
    files = Map.copyOf(files);
  }

  /** Describes a result of this program. */
  public static Provenance of(
      String command,
      ResolvedSpec resolved,
      SourceInfo source,
      Location output,
      MachineInfo machine) {
    Map<String, String> files = new TreeMap<>();
    Map<String, String> addresses = new TreeMap<>();
    hashes(resolved)
        .forEach(
            (file, hash) -> {
              String name = uniqueName(RecordedName.of(Location.of(file), output), hash, files);
              addresses.put(file, name);
              files.put(name, hash);
            });
    ObjectNode spec = JSON.valueToTree(resolved.spec());
    JsonTexts.replace(spec, text -> addresses.getOrDefault(text, text));
    if (!resolved.descriptor().isEmpty()) {
      spec.put("network", Location.of(resolved.spec().network()).name());
    }
    return new Provenance(
        command,
        ProgramInfo.THIS,
        resolved.id(),
        output.name(),
        spec,
        UsedNetwork.of(resolved, spec.path("weights").asText()),
        source,
        files,
        machine);
  }

  /** Numbers files that have the same name in different folders. */
  private static String uniqueName(String address, String hash, Map<String, String> others) {
    String name = address;
    for (int n = 2; !others.getOrDefault(name, hash).equals(hash); n++) {
      name = n + "-" + new Location(address).name();
    }
    return name;
  }

  /** The hashes of the files that a spec names. */
  private static Map<String, String> hashes(ResolvedSpec resolved) {
    Map<String, String> hashes = new TreeMap<>(resolved.files());
    if (!resolved.spec().weights().equals("auto")) {
      hashes.put(resolved.spec().weights(), resolved.weightsSha256());
    }
    return hashes;
  }

  /**
   * Returns the JSON without secrets, and without folders that are not the reader's business. Its
   * first key is {@code reverie}, the format's number.
   */
  public ObjectNode json() {
    ObjectNode root = JSON.createObjectNode().put(KEY, FORMAT);
    root.setAll((ObjectNode) JSON.valueToTree(shared()));
    network
        .classes()
        .ifPresent(classes -> DreamedClasses.add((ObjectNode) root.path("network"), spec, classes));
    JsonTexts.replace(root, Redaction::of);
    return root;
  }

  /** Returns the note to embed in the result. */
  public Note note() {
    try {
      return new Note("Reverie " + program, JSON.writeValueAsString(json()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Whether a file was made as this says, on whatever machine: its note tells, not its sidecar,
   * which is written first. Never of a file without a note.
   */
  public boolean isRecordedIn(Location result) throws IOException {
    return isRecordedIn(result, note().text());
  }

  /** As {@link #isRecordedIn(Location)}, of the JSON text. */
  static boolean isRecordedIn(Location result, String provenance) throws IOException {
    Optional<String> note = NoteReader.read(StoredMedia.of(result));
    return note.isPresent() && isSame(provenance, note.get());
  }

  /** Whether two notes record the same result, on whatever machines it was made. */
  static boolean isSame(String note, String other) {
    try {
      return JSON.readTree(note) instanceof ObjectNode one
          && JSON.readTree(other) instanceof ObjectNode two
          && one.without(MACHINE).equals(two.without(MACHINE));
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private Provenance shared() {
    ObjectNode settings = spec.deepCopy();
    JsonTexts.replace(settings, this::shared);
    Map<String, String> names = new TreeMap<>();
    files.forEach((file, hash) -> names.put(RecordedName.shared(file), hash));
    return new Provenance(
        command, program, id, output, settings, network.shared(), source.shared(), names, machine);
  }

  private String shared(String text) {
    return files.containsKey(text) ? RecordedName.shared(text) : text;
  }

  /**
   * Parses the JSON of a note or sidecar.
   *
   * @param file that contains it
   * @throws UserException if the format is newer than this program, or invalid
   */
  static Provenance parse(JsonNode json, Location file) {
    if (json.path(KEY).asInt() > FORMAT) {
      throw UserException.environment(
          "%s was made by a newer Reverie (%s), whose notes this version cannot read; update Reverie"
              .formatted(file, json.path("program").path("version").asText("unknown")));
    }
    if (json.path("network") instanceof ObjectNode network) {
      // Notes of earlier versions lack these keys.
      network.putIfAbsent("outputs", JSON.getNodeFactory().numberNode(0));
      network.putIfAbsent("assumed", JSON.createArrayNode());
    }
    try {
      Provenance provenance = JSON.treeToValue(json, Provenance.class);
      if (provenance.output().contains("/")) {
        throw UserException.environment(
            "the settings recorded in %s give the result name %s, which must not contain folders"
                .formatted(file, provenance.output()));
      }
      return provenance;
    } catch (JsonProcessingException e) {
      throw UserException.environment(
          "the settings recorded in %s are invalid: %s"
              .formatted(file, JACKSON_DETAILS.matcher(e.getOriginalMessage()).replaceAll("")),
          e);
    }
  }

  static Provenance parse(String json, Location file) {
    if (json.length() > MAX_LENGTH) {
      throw UserException.environment(
          "the settings recorded in %s are longer than %d characters, so Reverie cannot have written them"
              .formatted(file, MAX_LENGTH));
    }
    try {
      return parse(JSON.readTree(json), file);
    } catch (JsonProcessingException e) {
      throw UserException.environment(
          "the settings recorded in %s are damaged: %s".formatted(file, e.getOriginalMessage()), e);
    }
  }

  /** Returns where to look for a recorded file. */
  public static Location fileAt(String recordedName, Location result) {
    return RecordedName.resolve(recordedName, result);
  }

  /** Returns where to look for the source. */
  public Location sourceAt(Location result) {
    return RecordedName.resolve(source.address(), result);
  }

  /** Reasons why the same settings may give other frames here, one phrase each. */
  public List<String> differences(MachineInfo here) {
    List<String> all = new ArrayList<>();
    if (!program.equals(ProgramInfo.THIS)) {
      all.add("by Reverie %s, not %s".formatted(program, ProgramInfo.THIS));
    }
    all.addAll(machine.differences(here));
    return all;
  }
}
