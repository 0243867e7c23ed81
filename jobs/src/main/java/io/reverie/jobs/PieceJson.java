package io.reverie.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.io.InputStream;

/** What lies in work folders, as JSON, which numbers survive to the last bit. */
final class PieceJson {

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private PieceJson() {}

  static byte[] bytes(Object value) throws IOException {
    return JSON.writeValueAsBytes(value);
  }

  static Shots readShots(InputStream in) throws IOException {
    return JSON.readValue(in, Shots.class);
  }

  static Piece read(InputStream in) throws IOException {
    return JSON.readValue(in, Piece.class);
  }
}
