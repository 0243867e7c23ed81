package io.reverie.jobs.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.fs.Path;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Reads an object from its start to its end with one request. If the connection ends early, another
 * request asks for the rest of the same version.
 */
final class S3Stream extends InputStream {

  private static final int ATTEMPTS = 5;

  private final S3Objects objects;
  private final Path path;
  private final long length;
  private final String etag;
  private ResponseInputStream<GetObjectResponse> in;
  private long position;
  private int failures;

  /**
   * Opens an object.
   *
   * @param version that is read, or an empty text for the current one
   * @throws java.io.FileNotFoundException if there is none
   */
  S3Stream(S3Objects objects, Path path, String version) throws IOException {
    this.objects = objects;
    this.path = path;
    in = objects.get(path, version(objects.request(path), version));
    length = in.response().contentLength();
    etag = in.response().eTag() == null ? "" : in.response().eTag();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int count) throws IOException {
    if (count == 0) {
      return 0;
    }
    while (position < length) {
      try {
        int read = in.read(into, offset, count);
        if (read < 0) {
          throw new EOFException("the response ended after %d bytes".formatted(position));
        }
        position += read;
        return read;
      } catch (IOException | SdkException e) {
        resume(e);
      }
    }
    return -1;
  }

  private void resume(Exception cause) throws IOException {
    in.abort();
    failures++;
    if (failures == ATTEMPTS) {
      throw cause instanceof IOException io ? io : new IOException(cause);
    }
    GetObjectRequest.Builder rest = objects.request(path).range("bytes=%d-".formatted(position));
    in = objects.get(path, version(rest, etag));
  }

  private static GetObjectRequest version(GetObjectRequest.Builder request, String etag) {
    return etag.isEmpty() ? request.build() : request.ifMatch(etag).build();
  }

  /** Drops the connection instead of reading the rest. */
  @Override
  public void close() throws IOException {
    if (position < length) {
      in.abort();
    }
    in.close();
  }
}
