package io.reverie.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.impl.StoreContext;
import org.apache.hadoop.fs.store.audit.AuditSpan;
import org.apache.hadoop.util.functional.CallableRaisingIOE;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteObjectsResponse;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Error;

/**
 * Single requests to an object store, with S3A's client, credentials, encryption and retries. S3A's
 * own methods keep up the appearance of a file system: they ask for folders before they look up,
 * write or delete an object, and create objects for folders that become empty.
 */
record S3Objects(S3AFileSystem files, StoreContext store) {

  /** Maximum number of keys in a request to delete several. */
  private static final int MAX_KEYS = 1000;

  /** Buckets known to exist: a lookup alone does not reveal a missing bucket. */
  private static final Set<String> KNOWN_BUCKETS = ConcurrentHashMap.newKeySet();

  /** Returns access to single objects; empty if their content is encrypted by the client. */
  static Optional<S3Objects> of(S3AFileSystem files) {
    StoreContext store = files.createStoreContext();
    return store.isCSEEnabled() ? Optional.empty() : Optional.of(new S3Objects(files, store));
  }

  static String key(Path path) {
    return path.toUri().getPath().replaceFirst("^/", "");
  }

  /** The version that a store can compare; empty if the listing had none. */
  static String etag(FileEntry entry) {
    return entry.version().equals(Long.toString(entry.modified())) ? "" : entry.version();
  }

  interface Request<T> {
    T send(S3Client client);
  }

  /** Sends a request with S3A's retries. */
  <T> T send(String operation, Path path, Request<T> request) throws IOException {
    try (AuditSpan span = files.createSpan(operation, path.toString(), null)) {
      S3Client client = files.getS3AInternals().getAmazonS3Client(operation);
      CallableRaisingIOE<T> call = () -> request.send(client);
      return store.getInvoker().retry(operation, path.toString(), true, call);
    }
  }

  /** Looks up an object; empty if there is none. */
  Optional<FileEntry> find(Location file, Path path) throws IOException {
    if (key(path).isEmpty()) {
      // The bucket itself, which is no object.
      requireBucket(path);
      return Optional.empty();
    }
    try {
      HeadObjectResponse found =
          send(
              "op_get_file_status",
              path,
              client ->
                  client.headObject(
                      store.getRequestFactory().newHeadObjectRequestBuilder(key(path)).build()));
      return Optional.of(
          new FileEntry(
              file,
              found.contentLength(),
              found.lastModified().toEpochMilli(),
              found.eTag() == null
                  ? Long.toString(found.lastModified().toEpochMilli())
                  : found.eTag()));
    } catch (FileNotFoundException e) {
      requireBucket(path);
      return Optional.empty();
    }
  }

  private void requireBucket(Path path) throws IOException {
    if (!KNOWN_BUCKETS.contains(bucket())) {
      list(path, request("", 1));
      KNOWN_BUCKETS.add(bucket());
    }
  }

  private String bucket() {
    return store.getConfiguration().get("fs.s3a.endpoint", "") + "/" + store.getBucket();
  }

  /** Begins to read an object. */
  ResponseInputStream<GetObjectResponse> get(Path path, GetObjectRequest request)
      throws IOException {
    return send("op_open", path, client -> client.getObject(request));
  }

  GetObjectRequest.Builder request(Path path) {
    return store.getRequestFactory().newGetObjectRequestBuilder(key(path));
  }

  /** Deletes an object; does nothing if there is none. */
  void delete(Path path) throws IOException {
    send(
        "op_delete",
        path,
        client ->
            client.deleteObject(
                store.getRequestFactory().newDeleteObjectRequestBuilder(key(path)).build()));
  }

  /** Deletes an object, and all below the folder of its name. */
  void deleteAll(Path path) throws IOException {
    String key = key(path);
    List<String> keys = new ArrayList<>();
    if (!key.isEmpty()) {
      keys.add(key);
    }
    Optional<ListObjectsV2Request> next =
        Optional.of(request(key.isEmpty() ? "" : new Location(key).asFolder().text(), MAX_KEYS));
    while (next.isPresent()) {
      ListObjectsV2Response page = list(path, next.get());
      page.contents().forEach(object -> keys.add(object.key()));
      next =
          Boolean.TRUE.equals(page.isTruncated())
              ? Optional.of(
                  next.get().toBuilder().continuationToken(page.nextContinuationToken()).build())
              : Optional.empty();
    }
    deleteKeys(path, keys);
  }

  private ListObjectsV2Request request(String prefix, int maxKeys) {
    return listing(prefix, maxKeys).build();
  }

  /** Begins a request for keys, which the SDK decodes: XML cannot contain control characters. */
  ListObjectsV2Request.Builder listing(String prefix, int maxKeys) {
    return store
        .getRequestFactory()
        .newListObjectsV2RequestBuilder(prefix, null, maxKeys)
        .encodingType(EncodingType.URL);
  }

  ListObjectsV2Response list(Path path, ListObjectsV2Request request) throws IOException {
    return send("op_list_files", path, client -> client.listObjectsV2(request));
  }

  /**
   * Deletes objects, a thousand with each request.
   *
   * @param path for messages
   */
  void deleteKeys(Path path, List<String> keys) throws IOException {
    if (keys.size() == 1 || !store.isMultiObjectDeleteEnabled()) {
      for (String key : keys) {
        delete(new Path(path, "/" + key));
      }
      return;
    }
    for (int from = 0; from < keys.size(); from += MAX_KEYS) {
      List<ObjectIdentifier> some =
          keys.subList(from, Math.min(keys.size(), from + MAX_KEYS)).stream()
              .map(key -> ObjectIdentifier.builder().key(key).build())
              .toList();
      DeleteObjectsResponse response =
          send(
              "op_delete",
              path,
              client ->
                  client.deleteObjects(
                      store.getRequestFactory().newBulkDeleteRequestBuilder(some).build()));
      if (response.hasErrors() && !response.errors().isEmpty()) {
        S3Error first = response.errors().get(0);
        throw new StorageException(
            "%s: the store did not delete %s (%s); check the permissions and rerun"
                .formatted(path, first.key(), first.code()));
      }
    }
  }
}
