package io.reverie.jobs.storage;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.S3AUtils;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Creates an object on condition that there is none ({@code If-None-Match: *}), with the client,
 * the encryption and the headers that S3A is configured with. S3A itself has the option only from
 * Hadoop 3.4.2 on, and lists and looks before it writes.
 */
record ConditionalPut(S3AFileSystem files) {

  /**
   * Creates it.
   *
   * @throws RemoteFileChangedException if there is one already, which stays
   */
  void create(Path path, byte[] content) throws IOException {
    var request =
        files
            .getRequestFactory()
            .newPutObjectRequestBuilder(files.pathToKey(path), null, content.length, false)
            .ifNoneMatch("*")
            .build();
    try {
      files
          .getS3AInternals()
          .getAmazonS3Client("conditional creation")
          .putObject(request, RequestBody.fromBytes(content));
    } catch (SdkException e) {
      throw S3AUtils.translateException("PUT", path, e);
    }
  }
}
