package io.reverie.jobs.storage;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.BlockLocation;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.EtagSource;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PathIsNotEmptyDirectoryException;
import org.apache.hadoop.fs.s3a.S3AFileStatus;
import org.apache.hadoop.fs.s3a.S3AFileSystem;

/** Files that Hadoop can reach: hdfs, s3a and others. */
final class HadoopStorage implements Storage {

  /** S3 has no blocks; the value has no effect on reading. */
  private static final long BLOCK = 32 << 20;

  private final FileSystem files;
  private final boolean objectStore;
  private final HadoopUploads uploads;

  /** Access to single objects, if this is S3. */
  private final Optional<S3Objects> objects;

  private HadoopStorage(FileSystem files, Configuration configuration, boolean objectStore) {
    this.files = files;
    this.objectStore = objectStore;
    this.uploads = new HadoopUploads(files, configuration, objectStore);
    this.objects =
        files instanceof S3AFileSystem s3 ? S3Objects.of(s3) : Optional.<S3Objects>empty();
  }

  static HadoopStorage of(Location location) throws IOException {
    return of(location, FileSystems.configuration(), FileSystems::of);
  }

  static HadoopStorage of(Location location, Configuration configuration) throws IOException {
    return of(location, configuration, path -> FileSystem.get(path.toUri(), configuration));
  }

  private interface Opening {
    FileSystem files(Path path) throws IOException;
  }

  private static HadoopStorage of(Location location, Configuration configuration, Opening opening)
      throws IOException {
    // Hadoop's default prefetches far more than requested, and logs errors that are handled here.
    configuration.setIfUnset("fs.s3a.input.stream.type", "classic");
    try {
      Path path = new Path(location.text());
      check(location, path.toUri());
      FileSystem files = opening.files(path);
      boolean objectStore =
          files.hasPathCapability(
              files.makeQualified(path), CommonPathCapabilities.ABORTABLE_STREAM);
      return new HadoopStorage(files, configuration, objectStore);
    } catch (IOException | RuntimeException e) {
      // For missing libraries and malformed addresses, Hadoop throws other exceptions.
      throw StorageException.of(location, e);
    }
  }

  private static void check(Location location, URI uri) throws StorageException {
    String scheme = String.valueOf(uri.getScheme());
    if (scheme.startsWith("http")) {
      // Hadoop has a file system for them, but it does not know the length of files.
      throw new StorageException(
          location + ": web addresses are not supported; download the file first");
    }
    if (scheme.equals("s3a") && uri.getHost() == null) {
      throw new StorageException(location + ": the address has no bucket; write s3a://BUCKET/KEY");
    }
    if (scheme.equals("s3a")) {
      S3aVersion.require(location);
    }
  }

  /** Adds the authority, which the configuration may supply. */
  private Path path(Location location) {
    return files.makeQualified(new Path(location.text()));
  }

  @Override
  public Location real(Location location) {
    return new Location(path(location).toString());
  }

  private interface Call<T> {
    T run() throws IOException;
  }

  /** Turns failures into one sentence that names the location. */
  private static <T> T at(Location location, Call<T> call) throws IOException {
    try {
      return call.run();
    } catch (IOException e) {
      throw StorageException.of(location, e);
    }
  }

  @Override
  public Optional<FileEntry> find(Location file) throws IOException {
    return at(file, () -> lookUp(file));
  }

  private Optional<FileEntry> lookUp(Location file) throws IOException {
    if (objects.isPresent()) {
      return objects.get().find(file, path(file));
    }
    try {
      FileStatus status = files.getFileStatus(path(file));
      return status.isFile() ? Optional.of(entry(file, status)) : Optional.empty();
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  static FileEntry entry(Location file, FileStatus status) {
    String etag = status instanceof EtagSource source ? source.getEtag() : null;
    return new FileEntry(
        file,
        status.getLen(),
        status.getModificationTime(),
        etag == null ? Long.toString(status.getModificationTime()) : etag);
  }

  @Override
  public boolean isFolder(Location location) throws IOException {
    return at(location, () -> isDirectory(location));
  }

  private boolean isDirectory(Location location) throws IOException {
    try {
      return files.getFileStatus(path(location)).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  @Override
  public Stream<ListingEntry> walk(Location folder) throws IOException {
    return walk(folder, ListingRange.ALL);
  }

  @Override
  public List<ListingRange> split(Location folder, int wanted) throws IOException {
    Path path = path(folder);
    return files instanceof S3AFileSystem s3 && objects.isPresent() && HadoopListing.listsKeys(s3)
        ? at(folder, () -> new S3Split(objects.get(), path).parts(S3Keys.prefix(path), wanted))
        : Storage.super.split(folder, wanted);
  }

  @Override
  public Stream<ListingEntry> walk(Location folder, ListingRange range) throws IOException {
    return at(folder, () -> HadoopListing.of(folder, path(folder), files, objectStore, range));
  }

  @Override
  public Stream<ListingEntry> inputs(Location folder, Location results) throws IOException {
    return inputs(folder, results, ListingRange.ALL);
  }

  /** There are no links: object stores have none, and HDFS disables them. */
  @Override
  public Stream<ListingEntry> inputs(Location folder, Location results, ListingRange range)
      throws IOException {
    boolean below = folder.holds(results) && !results.holds(folder);
    return walk(folder, range).filter(listed -> !below || !results.holds(listed.location()));
  }

  /** Returns the machines of the first block, where a reader begins. */
  @Override
  public List<String> hosts(Location file) throws IOException {
    Path path = path(file);
    if (!"hdfs".equals(files.getScheme())) {
      return List.of();
    }
    return at(
        file,
        () -> {
          BlockLocation[] blocks = files.getFileBlockLocations(path, 0, 1);
          return blocks.length == 0 ? List.<String>of() : List.of(blocks[0].getHosts());
        });
  }

  @Override
  public void requireInside(Location folder, Location file) {
    // There are no links.
  }

  @Override
  public SeekableByteChannel open(Location file) throws IOException {
    return open(existing(file));
  }

  @Override
  public SeekableByteChannel open(FileEntry entry) throws IOException {
    return new RangedChannel(entry.location(), input(entry, "random"), entry.length());
  }

  @Override
  public boolean checksVersions() {
    return objects.isPresent();
  }

  @Override
  public InputStream read(Location file) throws IOException {
    if (objects.isPresent()) {
      return new NamedStream(file, at(file, () -> new S3Stream(objects.get(), path(file), "")));
    }
    return read(existing(file));
  }

  @Override
  public InputStream read(FileEntry entry) throws IOException {
    Location file = entry.location();
    return new NamedStream(
        file,
        objects.isPresent()
            ? at(file, () -> new S3Stream(objects.get(), path(file), S3Objects.etag(entry)))
            : input(entry, "whole-file"));
  }

  private FileEntry existing(Location file) throws IOException {
    return find(file)
        .orElseThrow(() -> new FileNotFoundException(file + ": no such file; check the path"));
  }

  private FSDataInputStream input(FileEntry entry, String policy) throws IOException {
    return at(
        entry.location(),
        () -> {
          try {
            return files
                .openFile(path(entry.location()))
                .opt("fs.option.openfile.read.policy", policy)
                .withFileStatus(status(entry))
                .build()
                .join();
          } catch (CompletionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
          }
        });
  }

  /** The status as it was listed, so that none is requested; S3A requires its version. */
  private FileStatus status(FileEntry entry) {
    Path path = path(entry.location());
    return objects.isPresent()
        ? new S3AFileStatus(
            entry.length(), entry.modified(), path, BLOCK, "", S3Objects.etag(entry), null)
        : new FileStatus(entry.length(), false, 1, BLOCK, entry.modified(), path);
  }

  @Override
  public java.nio.file.Path part(Location target) throws IOException {
    return TempFiles.file("part");
  }

  @Override
  public void commit(java.nio.file.Path part, Location target) throws IOException {
    upload(target, out -> Files.copy(part, out));
  }

  @Override
  public void write(Location target, byte[] content) throws IOException {
    upload(target, out -> out.write(content));
  }

  private void upload(Location target, HadoopUploads.Content content) throws IOException {
    at(
        target,
        () -> {
          uploads.put(path(target), content);
          return target;
        });
  }

  @Override
  public boolean create(Location target, byte[] content) throws IOException {
    Path path = path(target);
    return at(target, () -> uploads.create(path, content));
  }

  @Override
  public void delete(Location location) throws IOException {
    // Some file systems throw an exception for a path below a file.
    Path path = path(location);
    at(
        location,
        () -> {
          if (objects.isPresent()) {
            objects.get().deleteAll(path);
            return true;
          }
          return (objectStore || files.exists(path)) && files.delete(path, true);
        });
  }

  @Override
  public void deleteFile(Location file) throws IOException {
    if (objects.isEmpty()) {
      delete(file);
      return;
    }
    Path path = path(file);
    at(
        file,
        () -> {
          objects.get().delete(path);
          return true;
        });
  }

  @Override
  public void deleteFiles(List<Location> all) throws IOException {
    if (objects.isEmpty() || all.isEmpty()) {
      Storage.super.deleteFiles(all);
      return;
    }
    Path first = path(all.get(0));
    List<String> keys = all.stream().map(file -> S3Objects.key(path(file))).toList();
    at(
        all.get(0),
        () -> {
          objects.get().deleteKeys(first, keys);
          return true;
        });
  }

  /** Does nothing in S3, where folders exist only as long as they contain something. */
  @Override
  public void deleteIfEmpty(Location folder) throws IOException {
    if (objects.isPresent() || !isFolder(folder)) {
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
    return files instanceof S3AFileSystem s3
        ? at(folder, () -> new MultipartUploads(s3).abort(path(folder), before))
        : PartialFiles.delete(this, folder, before);
  }
}
