package io.reverie.jobs.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;

/** Behaviour of every object store. */
abstract class S3Contract extends StorageContract {

  /** The store's own client, for uploads that are never finished. */
  abstract S3Client client();

  /** Starts an upload, sends one part and abandons it. */
  private void abandon(S3Client client, Location file) {
    String bucket = file.text().split("/", -1)[2];
    String key = Location.of("s3a://" + bucket).relative(file);
    CreateMultipartUploadResponse upload =
        client.createMultipartUpload(request -> request.bucket(bucket).key(key));
    client.uploadPart(
        request -> request.bucket(bucket).key(key).uploadId(upload.uploadId()).partNumber(1),
        software.amazon.awssdk.core.sync.RequestBody.fromBytes(new byte[1000]));
  }

  @Test
  void onlyOldUploadsBelowTheFolderAreAborted() throws IOException {
    List<String> inside = List.of("a/b/c.mp4", "a/b/d/e.mp4");
    List<String> outside = List.of("a/bc.mp4", "a/bc/d.mp4", "a/b", "x.mp4");
    try (S3Client client = client()) {
      for (String name : List.of("a/b/c.mp4", "a/b/d/e.mp4", "a/bc.mp4", "a/bc/d.mp4", "x.mp4")) {
        abandon(client, root().resolve(name));
      }
      abandon(client, root().resolve("a/b"));
    }
    long now = System.currentTimeMillis();
    Location folder = root().resolve("a/b");
    assertThat(storage().abortUploads(folder, now - 3_600_000)).isZero();
    assertThat(storage().abortUploads(folder, now + 3_600_000)).isEqualTo(inside.size());
    assertThat(storage().abortUploads(folder.asFolder(), now + 3_600_000)).isZero();
    assertThat(storage().abortUploads(root(), now + 3_600_000)).isEqualTo(outside.size());
    assertThat(storage().abortUploads(root(), now + 3_600_000)).isZero();
  }
}
