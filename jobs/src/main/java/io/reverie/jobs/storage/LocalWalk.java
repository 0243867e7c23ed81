package io.reverie.jobs.storage;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All that is below a folder of this machine, one folder open at a time, however deep they are.
 * Unlike the JDK's own walk, it does not mind that files and folders come and go, and it ends
 * whatever links there are.
 */
@SuppressWarnings("StreamResourceLeak") // Its own close closes the folder that is open.
final class LocalWalk implements Iterator<Listed>, AutoCloseable {

  /**
   * How often a folder is listed that links lead to. Without a limit, thirty folders with two links
   * each to the next are a billion.
   */
  private static final int MOST_WAYS = 8;

  private static final char REPLACEMENT = '\uFFFD';

  private final Location named;
  private final Path root;
  private final boolean followed;
  private final Optional<Object> skipped;
  private final Deque<Folder> pending = new ArrayDeque<>();
  private final Map<Object, Integer> ways = new HashMap<>();
  private Folder current;
  private DirectoryStream<Path> open;
  private Iterator<Path> files;
  private Optional<Listed> next = Optional.empty();

  /**
   * A folder on the way.
   *
   * @param key says which one it is, whatever leads there
   * @param linked whether a link leads there
   */
  private record Folder(Path path, Object key, boolean linked, Optional<Folder> parent) {

    Optional<Folder> holder(Object wanted) {
      return Stream.iterate(Optional.of(this), Optional::isPresent, f -> f.get().parent())
          .map(Optional::get)
          .filter(folder -> folder.key().equals(wanted))
          .findFirst();
    }
  }

  /**
   * Begins at a folder.
   *
   * @param named as the user calls it
   * @param followed whether links to folders are
   * @param skipped the key of a folder that is left out, wherever it is met
   */
  LocalWalk(Location named, boolean followed, Optional<Object> skipped) throws IOException {
    this.named = named;
    this.followed = followed;
    this.skipped = skipped;
    root = named.path().toRealPath();
    current = chain(root).orElseThrow();
    open = Files.newDirectoryStream(root);
    files = open.iterator();
  }

  /** The folder with all that hold it: a link to one of them leads back as well. */
  private static Optional<Folder> chain(Path real) throws IOException {
    Optional<Folder> folder = Optional.empty();
    for (int names = 0; names <= real.getNameCount(); names++) {
      Path path = names == 0 ? real.getRoot() : real.getRoot().resolve(real.subpath(0, names));
      folder = Optional.of(new Folder(path, key(path, attributes(path)), false, folder));
    }
    return folder;
  }

  static Object key(Path path, BasicFileAttributes seen) {
    return Objects.requireNonNullElse(seen.fileKey(), path);
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && (hasFile() || !pending.isEmpty())) {
      next = hasFile() ? look(files.next()) : enter(pending.pop());
    }
    return next.isPresent();
  }

  @Override
  public Listed next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    Listed found = next.orElseThrow();
    next = Optional.empty();
    return found;
  }

  /** A folder that cannot be read to its end is left, and said. */
  private boolean hasFile() {
    try {
      return files.hasNext();
    } catch (DirectoryIteratorException e) {
      files = Collections.emptyIterator();
      next =
          Optional.of(
              ListingFault.folder(
                  location(current.path()), reason(Objects.requireNonNull(e.getCause()))));
      return false;
    }
  }

  private Optional<Listed> enter(Folder folder) {
    close();
    current = folder;
    files = Collections.emptyIterator();
    try {
      open = Files.newDirectoryStream(folder.path());
      files = open.iterator();
      return Optional.empty();
    } catch (NoSuchFileException | NotDirectoryException e) {
      // It is gone since it was listed.
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(ListingFault.folder(location(folder.path()), reason(e)));
    }
  }

  private Optional<Listed> look(Path path) {
    try {
      BasicFileAttributes seen = attributes(path, LinkOption.NOFOLLOW_LINKS);
      if (!isNamed(path)) {
        return Optional.of(unnamed(path, !seen.isRegularFile()));
      }
      boolean link = seen.isSymbolicLink();
      return link ? target(path) : taken(path, seen, false);
    } catch (NoSuchFileException e) {
      // It is gone since the folder was read.
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(ListingFault.folder(location(path), reason(e)));
    }
  }

  private Optional<Listed> target(Path link) {
    try {
      return taken(link, attributes(link), true);
    } catch (AccessDeniedException e) {
      return Optional.of(ListingFault.folder(location(link), reason(e)));
    } catch (IOException e) {
      return Optional.of(
          ListingFault.file(location(link), "a link that leads to no file; mend it, or remove it"));
    }
  }

  private static BasicFileAttributes attributes(Path path, LinkOption... options)
      throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, options);
  }

  private Optional<Listed> taken(Path path, BasicFileAttributes seen, boolean link) {
    if (seen.isRegularFile()) {
      return Optional.of(LocalStorage.entry(location(path), seen));
    }
    if (seen.isDirectory()) {
      return link && !followed ? Optional.empty() : folder(path, key(path, seen), link);
    }
    // Opening a pipe would wait for a writer for ever.
    return Optional.of(
        ListingFault.file(location(path), "a pipe, socket or device; only files are read"));
  }

  private Optional<Listed> folder(Path path, Object key, boolean link) {
    if (skipped.filter(key::equals).isPresent()) {
      return Optional.empty();
    }
    Optional<Folder> holder = current.holder(key);
    if (holder.isPresent()) {
      return Optional.of(
          ListingFault.folder(
              location(path),
              "a link back to %s, which holds it; remove the link"
                  .formatted(location(holder.get().path()))));
    }
    boolean linked = link || current.linked();
    if (linked && ways.merge(key, 1, Integer::sum) > MOST_WAYS) {
      return Optional.of(
          ListingFault.folder(
              location(path),
              "more than %d links lead to this folder; remove some".formatted(MOST_WAYS)));
    }
    pending.push(new Folder(path, key, linked, Optional.of(current)));
    return Optional.empty();
  }

  /** What is shown of a name that is no text leads to no file, or to another. */
  private static boolean isNamed(Path path) {
    String text = path.toString();
    try {
      return text.indexOf(REPLACEMENT) < 0 || Path.of(text).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private ListingFault unnamed(Path path, boolean folder) {
    return new ListingFault(
        location(path),
        "%s: its name is not UTF-8 text; rename it".formatted(location(path)),
        folder);
  }

  private Location location(Path path) {
    if (!path.startsWith(root)) {
      return new Location(path.toString());
    }
    String below = root.relativize(path).toString();
    return below.isEmpty() ? named : named.joined(below);
  }

  private static String reason(IOException e) {
    return e instanceof AccessDeniedException
        ? "this user may not read it; give permission, or run as another"
        : "it cannot be listed (%s)".formatted(StorageErrorMessages.plain(e));
  }

  @Override
  public void close() {
    try {
      open.close();
    } catch (IOException e) {
      // Only its handle was to be freed.
      return;
    }
  }
}
