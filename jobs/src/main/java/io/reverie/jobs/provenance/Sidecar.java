package io.reverie.jobs.provenance;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.FramePattern;
import io.reverie.video.note.NoteReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The JSON file beside a result, which records how it was made. */
public final class Sidecar {

  /** The key of the provenance, in this file and in a video's manifest. */
  public static final String KEY = "provenance";

  /** Raise when readers of the old format would misread the new one. */
  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Sidecar() {}

  /** Returns the sidecar's location. */
  public static Location of(Location output) {
    return output.sibling(output.name() + ".json");
  }

  /** Writes the sidecar of a still or a zoom video. */
  public static void write(Provenance provenance, Location output) throws IOException {
    ObjectNode root = JSON.createObjectNode().put("version", VERSION);
    root.put("id", provenance.id());
    root.set(KEY, provenance.json());
    Storage.of(output).write(of(output), JSON.writeValueAsBytes(root));
  }

  /**
   * Reads how a result was made from its sidecar or, if there is none, from the result itself.
   *
   * @throws UserException if neither records it
   */
  public static Provenance read(Location output) throws IOException {
    return beside(output)
        .or(() -> inside(output))
        .orElseThrow(
            () ->
                UserException.environment(
                    "neither %s nor %s records how it was made; only results of Reverie can be reproduced"
                        .formatted(output, of(output).name())));
  }

  /**
   * Whether a file of a result was made as its sidecar says, which is written before the result.
   * Never of a file without a note.
   */
  public static boolean describes(Location output, Location file) throws IOException {
    Optional<String> provenance = text(output, KEY);
    return provenance.isPresent() && Provenance.isRecordedIn(file, provenance.get());
  }

  private static Optional<Provenance> beside(Location output) throws IOException {
    return text(output, KEY)
        .filter(json -> json.startsWith("{"))
        .map(json -> Provenance.parse(json, of(output)));
  }

  /**
   * The JSON of one top-level key of a sidecar; empty if there is none. The file may come from
   * anyone: the rest of it is skipped and takes no memory.
   *
   * @throws UserException if the value is larger than any that Reverie writes
   */
  public static Optional<String> text(Location output, String key) throws IOException {
    Location file = of(output);
    Storage storage = Storage.of(file);
    if (storage.find(file).isEmpty()) {
      return Optional.empty();
    }
    try (InputStream stream = storage.read(file);
        JsonParser in = JSON.createParser(stream)) {
      in.nextToken();
      while (in.nextToken() == JsonToken.FIELD_NAME) {
        boolean matches = in.currentName().equals(key);
        in.nextToken();
        if (matches) {
          return Optional.of(copy(in, file));
        }
        in.skipChildren();
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      // Not a sidecar of ours.
      return Optional.empty();
    }
  }

  private static String copy(JsonParser in, Location file) throws IOException {
    Limited text = new Limited(file);
    try (JsonGenerator out = JSON.getFactory().createGenerator(text)) {
      out.copyCurrentStructure(in);
    }
    return text.toString();
  }

  /** Refuses text longer than any provenance. */
  private static final class Limited extends StringWriter {

    private final Location file;

    Limited(Location file) {
      this.file = file;
    }

    @Override
    public void write(char[] from, int offset, int length) {
      if (getBuffer().length() + length > Provenance.MAX_LENGTH) {
        throw UserException.environment(
            "%s contains a value longer than %d characters, so Reverie cannot have written it; move it away"
                .formatted(file, Provenance.MAX_LENGTH));
      }
      super.write(from, offset, length);
    }
  }

  private static Optional<Provenance> inside(Location output) {
    try {
      Location file =
          FramePattern.isPattern(output.name())
              ? output.sibling(new FramePattern(output.name()).name(1))
              : output;
      return Storage.of(file).find(file).isEmpty()
          ? Optional.empty()
          : NoteReader.read(StoredMedia.of(file)).map(text -> Provenance.parse(text, file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
