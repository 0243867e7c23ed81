package io.reverie.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * Whatever Hadoop can reach: hdfs, s3a and others.
 *
 * <p>In stores of objects an upload appears when it is closed, and not at all if it is given up; in
 * file systems a half-written file can be seen, so that a hidden one is written and renamed.
 */
final class HadoopFiles implements Storage {

  private final FileSystem files;
  private final Configuration configuration;
  private final boolean objects;

  private HadoopFiles(FileSystem files, Configuration configuration, boolean objects) {
    this.files = files;
    this.configuration = configuration;
    this.objects = objects;
  }

  static HadoopFiles of(Location location) throws IOException {
    Configuration configuration = configuration();
    Path path = path(location);
    // Hadoop keeps one for each authority.
    FileSystem files = FileSystem.get(path.toUri(), configuration);
    return new HadoopFiles(
        files,
        configuration,
        files.hasPathCapability(path, CommonPathCapabilities.ABORTABLE_STREAM));
  }

  /** Of the Spark that runs here, driver and executors alike: all of spark.hadoop.* is in it. */
  private static Configuration configuration() {
    SparkEnv spark = SparkEnv.get();
    return spark == null
        ? new Configuration()
        : SparkHadoopUtil.get().newConfiguration(spark.conf());
  }

  private static Path path(Location location) {
    return new Path(location.text());
  }

  @Override
  public Optional<Entry> find(Location file) throws IOException {
    try {
      FileStatus status = files.getFileStatus(path(file));
      return status.isFile() ? Optional.of(entry(file, status)) : Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private static Entry entry(Location file, FileStatus status) {
    String etag = status instanceof EtagSource source ? source.getEtag() : null;
    return new Entry(
        file,
        status.getLen(),
        status.getModificationTime(),
        etag == null ? Long.toString(status.getModificationTime()) : etag);
  }

  @Override
  public boolean isFolder(Location location) throws IOException {
    try {
      return files.getFileStatus(path(location)).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public Stream<Entry> list(Location folder) throws IOException {
    try {
      RemoteIterator<LocatedFileStatus> all = files.listFiles(path(folder), true);
      return StreamSupport.stream(new Listed(all), false);
    } catch (FileNotFoundException e) {
      return Stream.empty();
    }
  }

  /** A listing, page by page. */
  private static final class Listed extends Spliterators.AbstractSpliterator<Entry> {

    private final RemoteIterator<LocatedFileStatus> all;

    Listed(RemoteIterator<LocatedFileStatus> all) {
      super(Long.MAX_VALUE, Spliterator.NONNULL);
      this.all = all;
    }

    @Override
    public boolean tryAdvance(java.util.function.Consumer<? super Entry> action) {
      try {
        if (!all.hasNext()) {
          return false;
        }
        LocatedFileStatus status = all.next();
        action.accept(entry(new Location(status.getPath().toString()), status));
        return true;
      } catch (FileNotFoundException e) {
        // The folder is gone since the listing began.
        return false;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Override
  public SeekableByteChannel open(Location file) throws IOException {
    Entry entry = find(file).orElseThrow(() -> new FileNotFoundException("there is no " + file));
    return new RangedChannel(input(file, entry.length(), "random"), entry.length());
  }

  @Override
  public InputStream read(Location file) throws IOException {
    Entry entry = find(file).orElseThrow(() -> new FileNotFoundException("there is no " + file));
    return input(file, entry.length(), "whole-file");
  }

  private FSDataInputStream input(Location file, long length, String policy) throws IOException {
    try {
      return files
          .openFile(path(file))
          .opt("fs.option.openfile.read.policy", policy)
          .optLong("fs.option.openfile.length", length)
          .build()
          .join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    }
  }

  @Override
  public java.nio.file.Path part(Location target) throws IOException {
    return Scratch.file(target.name());
  }

  @Override
  public void commit(java.nio.file.Path part, Location target) throws IOException {
    upload(target, out -> Files.copy(part, out));
  }

  @Override
  public void write(Location target, byte[] content) throws IOException {
    upload(target, out -> out.write(content));
  }

  private interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  private void upload(Location target, Content content) throws IOException {
    Path path = path(target);
    if (objects) {
      fill(files.createFile(path).overwrite(true).recursive().build(), content);
      return;
    }
    Path hidden = hidden(path);
    try {
      fill(files.createFile(hidden).overwrite(false).recursive().build(), content);
      rename(hidden, path, Options.Rename.OVERWRITE);
    } catch (IOException | RuntimeException e) {
      files.delete(hidden, false);
      throw e;
    }
  }

  private static Path hidden(Path target) {
    return new Path(target.getParent(), "." + target.getName() + "." + UUID.randomUUID() + ".part");
  }

  /** FileSystem has no rename that replaces. */
  private void rename(Path from, Path to, Options.Rename how) throws IOException {
    FileContext.getFileContext(files.getUri(), configuration).rename(from, to, how);
  }

  /** What is given up must not be closed before it is aborted: closing publishes. */
  private static void fill(FSDataOutputStream out, Content content) throws IOException {
    boolean whole = false;
    try {
      content.writeTo(out);
      whole = true;
    } finally {
      if (!whole && out.hasCapability(CommonPathCapabilities.ABORTABLE_STREAM)) {
        out.abort();
      }
      out.close();
    }
  }

  @Override
  public boolean create(Location target, byte[] content) throws IOException {
    Path path = path(target);
    return objects ? createObject(path, content) : createFile(path, content);
  }

  private boolean createObject(Path path, byte[] content) throws IOException {
    try {
      FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path).overwrite(false).recursive();
      builder.must(Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE, true);
      FSDataOutputStream out = (FSDataOutputStream) builder.build();
      fill(out, o -> o.write(content));
      return true;
    } catch (FileAlreadyExistsException | RemoteFileChangedException e) {
      return false;
    }
  }

  private boolean createFile(Path path, byte[] content) throws IOException {
    Path hidden = hidden(path);
    try {
      fill(
          files.createFile(hidden).overwrite(false).recursive().build(), out -> out.write(content));
      rename(hidden, path, Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } finally {
      files.delete(hidden, false);
    }
  }

  @Override
  public void delete(Location location) throws IOException {
    files.delete(path(location), true);
  }

  /** Stores of objects have no folders. */
  @Override
  public void deleteIfEmpty(Location folder) throws IOException {
    if (objects || !isFolder(folder)) {
      return;
    }
    try {
      files.delete(path(folder), false);
    } catch (PathIsNotEmptyDirectoryException e) {
      // Others still need it.
      return;
    }
  }

  @Override
  public int abortUploads(Location folder, long before) throws IOException {
    return files instanceof org.apache.hadoop.fs.s3a.S3AFileSystem s3
        ? new Uploads(s3).abort(path(folder), before)
        : 0;
  }

  @Override
  public boolean isSeekCheap() {
    return !objects;
  }
}
