package io.reverie.jobs.video.work;

import io.reverie.core.Size;
import io.reverie.jobs.video.record.RecordJson;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.temporal.carry.ShotState;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Progress of a segment after one of its chunks, from which another task can resume.
 *
 * @param chunks number of finished chunks
 * @param soFar their result
 * @param state of the dream
 */
public record Checkpoint(int chunks, SegmentResult soFar, ShotState state) {
  public Checkpoint {
    if (chunks < 1) {
      throw new IllegalArgumentException(
          "a segment cannot have %d finished chunks".formatted(chunks));
    }
  }

  public void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    byte[] result = RecordJson.bytes(soFar);
    data.writeInt(chunks);
    data.writeInt(result.length);
    data.write(result);
    state.write(data);
    data.flush();
  }

  public static Checkpoint read(InputStream in, Size size) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int chunks = data.readInt();
    int length = data.readInt();
    if (chunks < 1 || length < 0 || length > RecordJson.MAX_BYTES) {
      throw new EOFException("not a checkpoint");
    }
    byte[] result = data.readNBytes(length);
    Checkpoint checkpoint =
        new Checkpoint(
            chunks, RecordJson.read(new ByteArrayInputStream(result)), ShotState.read(data, size));
    if (data.read() >= 0) {
      throw new EOFException("bytes after the checkpoint");
    }
    return checkpoint;
  }
}
