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
import io.reverie.jobs.terminal.Redaction;
import io.reverie.video.note.Note;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Everything that made a result, written into it and beside it.
 *
 * @param command of Reverie's, such as images or video
 * @param program that ran
 * @param id of the recipe
 * @param output the result's name, without its folder
 * @param spec every setting, the seed among them; files are named as seen from the result
 * @param network that dreamed
 * @param source that was dreamed
 * @param files that the spec names, each with its SHA-256
 * @param machine that it was made on; of a video, that on which it was put together
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

  /** To be raised whenever a reader of the old form would err. */
  private static final int FORM = 1;

  private static final String KEY = "reverie";

  /** Of its JSON, in characters: room for a list of 100,000 keyframes. */
  static final int LARGEST = 4 << 20;

  /** Jackson goes on about its own settings and places. */
  private static final Pattern WITHOUT_JARGON = Pattern.compile(" \\(index.*", Pattern.DOTALL);

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          // Not every container keeps other letters as they are.
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .build();

  public Provenance {
    files = Map.copyOf(files);
  }

  /** Of a result of this program's. */
  public static Provenance of(
      String command,
      ResolvedSpec recipe,
      SourceInfo source,
      Location output,
      MachineInfo machine) {
    Map<String, String> files = new TreeMap<>();
    Map<String, String> addresses = new TreeMap<>();
    hashes(recipe)
        .forEach(
            (file, hash) -> {
              String told = told(SharedAddress.of(Location.of(file), output), hash, files);
              addresses.put(file, told);
              files.put(told, hash);
            });
    ObjectNode spec = JSON.valueToTree(recipe.spec());
    JsonTexts.replace(spec, text -> addresses.getOrDefault(text, text));
    if (!recipe.descriptor().isEmpty()) {
      spec.put("network", Location.of(recipe.spec().network()).name());
    }
    return new Provenance(
        command,
        ProgramInfo.THIS,
        recipe.id(),
        output.name(),
        spec,
        UsedNetwork.of(recipe, spec.path("weights").asText()),
        source,
        files,
        machine);
  }

  /** Two files of one name, in different folders, are told apart by a number. */
  private static String told(String address, String hash, Map<String, String> others) {
    String told = address;
    for (int n = 2; !others.getOrDefault(told, hash).equals(hash); n++) {
      told = n + "-" + new Location(address).name();
    }
    return told;
  }

  /** Of the files that a spec names. */
  private static Map<String, String> hashes(ResolvedSpec recipe) {
    Map<String, String> hashes = new TreeMap<>(recipe.files());
    if (!recipe.spec().weights().equals("auto")) {
      hashes.put(recipe.spec().weights(), recipe.weightsSha256());
    }
    return hashes;
  }

  /**
   * As JSON, without secrets and folders that do not concern others; its first key is {@code
   * reverie}, the form's number.
   */
  public ObjectNode json() {
    ObjectNode root = JSON.createObjectNode().put(KEY, FORM);
    root.setAll((ObjectNode) JSON.valueToTree(shared()));
    JsonTexts.replace(root, Redaction::of);
    return root;
  }

  /** The same for the file itself. */
  public Note note() {
    try {
      return new Note("Reverie " + program, JSON.writeValueAsString(json()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Provenance shared() {
    ObjectNode told = spec.deepCopy();
    JsonTexts.replace(told, this::shared);
    Map<String, String> names = new TreeMap<>();
    files.forEach((file, hash) -> names.put(SharedAddress.shared(file), hash));
    return new Provenance(
        command, program, id, output, told, network.shared(), source.shared(), names, machine);
  }

  private String shared(String text) {
    return files.containsKey(text) ? SharedAddress.shared(text) : text;
  }

  /**
   * Of its JSON.
   *
   * @param file that it was found in
   * @throws UserException if it is of a newer form, or none
   */
  static Provenance parse(JsonNode json, Location file) {
    if (json.path(KEY).asInt() > FORM) {
      throw UserException.environment(
          "%s was made by a newer Reverie (%s), whose notes this one cannot read; update it"
              .formatted(file, json.path("program").path("version").asText("unknown")));
    }
    try {
      Provenance made = JSON.treeToValue(json, Provenance.class);
      if (made.output().contains("/")) {
        throw UserException.environment(
            "what %s says of how it was made names the result %s, which must be a name without folders"
                .formatted(file, made.output()));
      }
      return made;
    } catch (JsonProcessingException e) {
      throw UserException.environment(
          "what %s says of how it was made cannot be understood: %s"
              .formatted(file, WITHOUT_JARGON.matcher(e.getOriginalMessage()).replaceAll("")),
          e);
    }
  }

  static Provenance parse(String json, Location file) {
    if (json.length() > LARGEST) {
      throw UserException.environment(
          "what %s says of how it was made is longer than %d characters, which nothing of Reverie's is"
              .formatted(file, LARGEST));
    }
    try {
      return parse(JSON.readTree(json), file);
    } catch (JsonProcessingException e) {
      throw UserException.environment(
          "what %s says of how it was made is damaged: %s".formatted(file, e.getOriginalMessage()),
          e);
    }
  }

  /** Where a file that it names is to be looked for. */
  public static Location fileAt(String told, Location result) {
    return SharedAddress.resolve(told, result);
  }

  /** Where the source is to be looked for. */
  public Location sourceAt(Location result) {
    return SharedAddress.resolve(source.address(), result);
  }

  /** What may make other frames of the same settings here; a phrase each. */
  public List<String> differences(MachineInfo here) {
    List<String> all = new ArrayList<>();
    if (!program.equals(ProgramInfo.THIS)) {
      all.add("by Reverie %s, not %s".formatted(program, ProgramInfo.THIS));
    }
    all.addAll(machine.differences(here));
    return all;
  }
}
