package io.reverie.jobs.storage;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.impl.StoreContext;
import org.apache.hadoop.fs.store.audit.AuditSpan;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;

/**
 * Creates an object on condition that there is none ({@code If-None-Match: *}), with the client,
 * the encryption, the headers and the retries that S3A is configured with. S3A itself has the
 * option only from Hadoop 3.4.2 on, and lists and looks before it writes.
 */
record ConditionalPut(S3AFileSystem files) {

  /**
   * Creates it.
   *
   * @throws RemoteFileChangedException if there is one already, which stays
   */
  void create(Path path, byte[] content) throws IOException {
    StoreContext store = files.createStoreContext();
    PutObjectRequest request =
        store
            .getRequestFactory()
            .newPutObjectRequestBuilder(files.pathToKey(path), null, content.length, false)
            .ifNoneMatch("*")
            .build();
    AuditSpan span = files.createSpan("op_create", path.toString(), null);
    try {
      S3Client client = files.getS3AInternals().getAmazonS3Client("op_create");
      store
          .getInvoker()
          .retry(
              "PUT",
              path.toString(),
              true,
              () -> client.putObject(request, RequestBody.fromBytes(content)));
    } finally {
      span.close();
    }
  }
}
