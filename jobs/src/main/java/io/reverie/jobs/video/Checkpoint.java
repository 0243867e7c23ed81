package io.reverie.jobs.video;

import io.reverie.core.Size;
import io.reverie.temporal.carry.ShotState;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Where a segment stands behind one of its chunks, so that another task can go on.
 *
 * @param chunks that are finished
 * @param soFar what came of them
 * @param state of the dream
 */
record Checkpoint(int chunks, SegmentResult soFar, ShotState state) {

  void write(OutputStream out) throws IOException {
    DataOutputStream data = new DataOutputStream(out);
    byte[] piece = SegmentResultJson.bytes(soFar);
    data.writeInt(chunks);
    data.writeInt(piece.length);
    data.write(piece);
    state.write(data);
    data.flush();
  }

  static Checkpoint read(InputStream in, Size size) throws IOException {
    DataInputStream data = new DataInputStream(in);
    int chunks = data.readInt();
    int length = data.readInt();
    if (chunks < 1 || length < 0 || length > SegmentResultJson.LARGEST) {
      throw new EOFException("not a checkpoint");
    }
    byte[] piece = data.readNBytes(length);
    return new Checkpoint(
        chunks,
        SegmentResultJson.read(new ByteArrayInputStream(piece)),
        ShotState.read(data, size));
  }
}
