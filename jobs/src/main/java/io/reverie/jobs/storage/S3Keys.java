package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.hadoop.fs.s3a.S3AFileSystem;
import org.apache.hadoop.fs.s3a.impl.StoreContext;
import org.apache.hadoop.fs.store.audit.AuditSpan;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.EncodingType;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Lists the objects below a prefix by their exact keys, page by page. Hadoop's own listing converts
 * keys to paths: {@code a//b} and {@code a/./b} become {@code a/b}, {@code a/../../b} leads out of
 * the bucket and {@code /b/c} into another one.
 */
final class S3Keys extends Spliterators.AbstractSpliterator<ListingEntry> {

  private final Location folder;
  private final S3AFileSystem files;
  private final StoreContext store;
  private final String prefix;
  private final ListingRange range;
  private Iterator<S3Object> page = Collections.emptyIterator();
  private Optional<ListObjectsV2Request> next;

  /** Fetches the first page of a part of the keys. */
  S3Keys(Location folder, Path path, S3AFileSystem files, ListingRange range) throws IOException {
    super(Long.MAX_VALUE, Spliterator.NONNULL);
    this.folder = folder;
    this.files = files;
    store = files.createStoreContext();
    this.range = range;
    prefix = prefix(path);
    int pageSize =
        store
            .getConfiguration()
            .getInt(Constants.MAX_PAGING_KEYS, Constants.DEFAULT_MAX_PAGING_KEYS);
    ListObjectsV2Request.Builder first =
        store
            .getRequestFactory()
            .newListObjectsV2RequestBuilder(prefix, null, pageSize)
            // Keys may contain control characters, which XML cannot; the SDK decodes them.
            .encodingType(EncodingType.URL);
    next = Optional.of((range.after().isEmpty() ? first : first.startAfter(range.after())).build());
    fetch();
  }

  @Override
  public boolean tryAdvance(Consumer<? super ListingEntry> action) {
    try {
      while (page.hasNext() || next.isPresent()) {
        if (!page.hasNext()) {
          fetch();
          continue;
        }
        S3Object object = page.next();
        if (isBeyond(object.key())) {
          page = Collections.emptyIterator();
          next = Optional.empty();
          return false;
        }
        Optional<ListingEntry> found = inspect(object);
        if (found.isPresent()) {
          action.accept(found.get());
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(StorageException.of(folder, e));
    }
  }

  /** The prefix of all keys below a folder. */
  static String prefix(Path path) {
    String key = S3Objects.key(path);
    return key.isEmpty() ? "" : new Location(key).asFolder().text();
  }

  private boolean isBeyond(String key) {
    return !range.last().isEmpty() && S3Split.compare(key, range.last()) > 0;
  }

  /** Fetches the next page with Hadoop's own retries. */
  private void fetch() throws IOException {
    ListObjectsV2Request request = next.orElseThrow();
    try (AuditSpan span = files.createSpan("op_list_files", prefix, null)) {
      S3Client client = files.getS3AInternals().getAmazonS3Client("list");
      ListObjectsV2Response response =
          store
              .getInvoker()
              .retry("list", folder.text(), true, () -> client.listObjectsV2(request));
      page = response.contents().iterator();
      next =
          Boolean.TRUE.equals(response.isTruncated())
              ? Optional.of(
                  request.toBuilder().continuationToken(response.nextContinuationToken()).build())
              : Optional.empty();
    }
  }

  private Optional<ListingEntry> inspect(S3Object object) {
    String name = object.key().substring(prefix.length());
    if (object.size() == 0 && (name.isEmpty() || name.endsWith("/"))) {
      // A marker object for a folder.
      return Optional.empty();
    }
    return Optional.of(
        RelativeName.fault(name)
            .<ListingEntry>map(fault -> unlisted(name, fault))
            .orElseGet(() -> entry(name, object)));
  }

  private ListingFault unlisted(String name, String fault) {
    return ListingFault.file(
        folder.joined(name), "its key %s, which a path cannot; rename the object".formatted(fault));
  }

  private FileEntry entry(String name, S3Object object) {
    return new FileEntry(
        folder.resolve(name),
        object.size(),
        object.lastModified().toEpochMilli(),
        object.eTag() == null
            ? Long.toString(object.lastModified().toEpochMilli())
            : object.eTag());
  }
}
