package io.reverie.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RemoteIterator;

/** A listing of Hadoop's, page by page. */
final class Listed extends Spliterators.AbstractSpliterator<Entry> {

  private final Location folder;
  private final String prefix;
  private final RemoteIterator<LocatedFileStatus> all;

  /**
   * A listing.
   *
   * @param folder as the user calls it
   * @param prefix of every path in it, as the file system calls it
   */
  Listed(Location folder, String prefix, RemoteIterator<LocatedFileStatus> all) {
    super(Long.MAX_VALUE, Spliterator.NONNULL);
    this.folder = folder;
    this.prefix = prefix;
    this.all = all;
  }

  @Override
  public boolean tryAdvance(Consumer<? super Entry> action) {
    try {
      while (all.hasNext()) {
        LocatedFileStatus status = all.next();
        String path = status.getPath().toString();
        // The listing of a file is the file itself.
        if (path.startsWith(prefix)) {
          Location file = folder.resolve(path.substring(prefix.length()));
          action.accept(HadoopFiles.entry(file, status));
          return true;
        }
      }
      return false;
    } catch (FileNotFoundException e) {
      // The folder is gone since the listing began.
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(StorageException.of(folder, e));
    }
  }
}
