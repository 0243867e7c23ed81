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
import io.reverie.jobs.storage.StoredMedia;
import io.reverie.video.FramePattern;
import io.reverie.video.note.NoteReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Optional;

/** The file of JSON beside a result. */
public final class Sidecar {

  /** What it and a video's manifest hold a provenance under. */
  public static final String KEY = "provenance";

  /** To be raised whenever a reader of the old form would err. */
  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Sidecar() {}

  /** Where that of a result lies. */
  public static Location of(Location output) {
    return output.sibling(output.name() + ".json");
  }

  /** Writes that of a still. */
  public static void write(Provenance provenance, Location output) throws IOException {
    ObjectNode root = JSON.createObjectNode().put("version", VERSION);
    root.put("id", provenance.id());
    root.set(KEY, provenance.json());
    Storage.of(output).write(of(output), JSON.writeValueAsBytes(root));
  }

  /**
   * How a result was made: what stands beside it or, if nothing does, in itself.
   *
   * @throws UserException if neither says it
   */
  public static Provenance read(Location output) throws IOException {
    return beside(output)
        .or(() -> inside(output))
        .orElseThrow(
            () ->
                UserException.environment(
                    "neither %s nor %s says how it was made; only results of Reverie's can be made again"
                        .formatted(output, of(output).name())));
  }

  private static Optional<Provenance> beside(Location output) throws IOException {
    return text(output, KEY)
        .filter(json -> json.startsWith("{"))
        .map(json -> Provenance.parse(json, of(output)));
  }

  /**
   * The JSON of one key at the top of the file beside a result; empty if there is none. The file
   * may be anybody's: the rest of it is passed over, and takes no memory.
   *
   * @throws UserException if the value is larger than Reverie's are
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
        boolean wanted = in.currentName().equals(key);
        in.nextToken();
        if (wanted) {
          return Optional.of(copy(in, file));
        }
        in.skipChildren();
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      // Somebody else's.
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

  /** A text that does not grow beyond what a provenance has. */
  private static final class Limited extends StringWriter {

    private final Location file;

    Limited(Location file) {
      this.file = file;
    }

    @Override
    public void write(char[] from, int offset, int length) {
      if (getBuffer().length() + length > Provenance.LARGEST) {
        throw UserException.environment(
            "%s says more of a result than %d characters, which no file of Reverie's does; move it away"
                .formatted(file, Provenance.LARGEST));
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
