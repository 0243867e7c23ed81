package io.reverie.jobs.video.record;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.reverie.jobs.storage.untrusted.StoredJson;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * Reads and writes the records of a work folder as JSON, which preserves every bit of a number.
 * Others may write there too: reading anything that Reverie did not write throws a {@link
 * JsonProcessingException}.
 */
public final class RecordJson {

  /** A segment needs a few hundred bytes for each of its frames. */
  public static final int MAX_BYTES = 64 << 20;

  private RecordJson() {}

  public static byte[] bytes(Object value) throws IOException {
    return StoredJson.MAPPER.writeValueAsBytes(value);
  }

  public static Shots readShots(InputStream in) throws IOException {
    Shots shots = StoredJson.MAPPER.readValue(bytes(in), Shots.class);
    requireAscending(shots.cuts());
    requireAscending(shots.flashes());
    return shots;
  }

  public static SegmentResult read(InputStream in) throws IOException {
    return StoredJson.MAPPER.readValue(bytes(in), SegmentResult.class);
  }

  private static byte[] bytes(InputStream in) throws IOException {
    byte[] all = in.readNBytes(MAX_BYTES + 1);
    if (all.length > MAX_BYTES) {
      throw new JsonParseException(null, "larger than any record of a work folder");
    }
    return all;
  }

  private static void requireAscending(List<Long> times) throws IOException {
    for (int i = 1; i < times.size(); i++) {
      if (times.get(i) <= times.get(i - 1)) {
        throw new JsonParseException(null, "times not in ascending order");
      }
    }
  }
}
