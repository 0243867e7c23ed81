package io.reverie.jobs.storage;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIOException;
import org.apache.hadoop.fs.s3a.AWSServiceIOException;
import org.apache.hadoop.fs.s3a.AWSUnsupportedFeatureException;
import org.apache.hadoop.fs.s3a.Constants;
import org.apache.hadoop.fs.s3a.RemoteFileChangedException;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/**
 * Writes whole files through Hadoop, so that readers see either nothing or all of one.
 *
 * <p>In object stores, an upload appears when it is closed, and not at all if it is aborted. In
 * file systems, a half-written file would be visible, so a hidden one is written and renamed.
 */
record HadoopUploads(FileSystem files, Configuration configuration, boolean objectStore) {

  /** Hadoop has these constants from 3.4.2 on. */
  private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";

  private static final String CONDITIONAL_CREATE = "fs.s3a.create.conditional.enabled";

  private static final int HTTP_CONFLICT = 409;
  private static final int CREATE_ATTEMPTS = 20;

  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes a file, in place of an older one. */
  void put(Path path, Content content) throws IOException {
    if (objectStore) {
      FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path).overwrite(true).recursive();
      // Sends no request that asks whether a folder has this name; other stores ignore the option.
      builder.opt(Constants.FS_S3A_CREATE_PERFORMANCE, true);
      fill((FSDataOutputStream) builder.build(), content);
      return;
    }
    Path hidden = hidden(path);
    try {
      fill(files.createFile(hidden).overwrite(false).recursive().build(), content);
      rename(hidden, path, Options.Rename.OVERWRITE);
    } catch (IOException | RuntimeException e) {
      tryToDelete(hidden, e);
      throw e;
    }
  }

  private void tryToDelete(Path hidden, Exception failure) {
    try {
      files.delete(hidden, false);
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  private static Path hidden(Path target) {
    return new Path(target.getParent(), PartialFiles.name());
  }

  /** FileContext is needed because FileSystem cannot replace a file by renaming. */
  private void rename(Path from, Path to, Options.Rename how) throws IOException {
    FileContext.getFileContext(files.getUri(), configuration).rename(from, to, how);
  }

  /**
   * Writes the content; a failed upload is aborted before it is closed, since closing publishes it.
   */
  private static void fill(FSDataOutputStream out, Content content) throws IOException {
    boolean complete = false;
    try {
      content.writeTo(out);
      complete = true;
    } finally {
      if (!complete && out.hasCapability(CommonPathCapabilities.ABORTABLE_STREAM)) {
        out.abort();
      }
      out.close();
    }
  }

  /** Writes a file; false if there is one already, which stays. */
  boolean create(Path path, byte[] content) throws IOException {
    return objectStore ? createObject(path, content) : createFile(path, content);
  }

  private boolean createObject(Path path, byte[] content) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return tryToCreateObject(path, content);
      } catch (AWSServiceIOException e) {
        if (e instanceof AWSUnsupportedFeatureException) {
          throw unsupported(path, "the store refuses", e);
        }
        // S3 returns a conflict while another creation is pending, and expects a retry.
        if (e.statusCode() != HTTP_CONFLICT || attempt == CREATE_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private boolean tryToCreateObject(Path path, byte[] content) throws IOException {
    try {
      if (files instanceof S3AFileSystem s3) {
        requireConditions(path);
        new ConditionalPut(s3).create(path, content);
        return true;
      }
      FSDataOutputStreamBuilder<?, ?> builder = files.createFile(path).overwrite(false).recursive();
      builder.must(CONDITIONAL, true);
      FSDataOutputStream out = (FSDataOutputStream) builder.build();
      fill(out, o -> o.write(content));
      return true;
    } catch (FileAlreadyExistsException | RemoteFileChangedException e) {
      return false;
    }
  }

  /** Obeys S3A's own setting for stores that do not know the condition. */
  private void requireConditions(Path path) throws UnsupportedCreationException {
    if (!configuration.getBoolean(CONDITIONAL_CREATE, true)) {
      throw unsupported(
          path,
          CONDITIONAL_CREATE + "=false switches off",
          new PathIOException(path.toString(), CONDITIONAL_CREATE + "=false"));
    }
  }

  private static UnsupportedCreationException unsupported(Path path, String who, Exception e) {
    return new UnsupportedCreationException(
        new Location(path.toString()), who + " conditional writes (If-None-Match of PutObject)", e);
  }

  private boolean createFile(Path path, byte[] content) throws IOException {
    Path hidden = hidden(path);
    try {
      fill(
          files.createFile(hidden).overwrite(false).recursive().build(), out -> out.write(content));
      rename(hidden, path, Options.Rename.NONE);
      return true;
    } catch (FileAlreadyExistsException e) {
      files.delete(hidden, false);
      return false;
    } catch (IOException | RuntimeException e) {
      tryToDelete(hidden, e);
      throw e;
    }
  }
}
