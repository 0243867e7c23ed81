package io.reverie.jobs.storage;

import io.reverie.jobs.storage.ListingFault.Hides;
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
 * Walks everything below a local folder, with one folder open at a time. Unlike the JDK's own walk,
 * it tolerates files and folders that come and go, and it always terminates, whatever links there
 * are.
 */
@SuppressWarnings("StreamResourceLeak") // close() closes the open folder.
final class LocalWalk implements Iterator<ListingEntry>, AutoCloseable {

  /**
   * How often a folder is listed through links. Without a limit, thirty folders with two links each
   * to the next would be listed a billion times.
   */
  private static final int MAX_LINKS = 8;

  private static final char REPLACEMENT = '\uFFFD';

  private final Location named;
  private final Path root;
  private final boolean followed;
  private final Optional<Object> skipped;
  private final Deque<Folder> pending = new ArrayDeque<>();
  private final Map<Object, Integer> links = new HashMap<>();
  private Folder current;
  private DirectoryStream<Path> open;
  private Iterator<Path> files;
  private Optional<ListingEntry> next = Optional.empty();

  /**
   * A folder that was found.
   *
   * @param key identifies the folder, whatever path leads there
   * @param linked whether the path to it includes a link
   */
  private record Folder(Path path, Object key, boolean linked, Optional<Folder> parent) {

    Optional<Folder> ancestor(Object wanted) {
      return Stream.iterate(Optional.of(this), Optional::isPresent, f -> f.get().parent())
          .map(Optional::get)
          .filter(folder -> folder.key().equals(wanted))
          .findFirst();
    }
  }

  /**
   * @param named as the user wrote it
   * @param followed whether to follow links to folders
   * @param skipped key of a folder to leave out
   */
  LocalWalk(Location named, boolean followed, Optional<Object> skipped) throws IOException {
    this.named = named;
    this.followed = followed;
    this.skipped = skipped;
    root = named.path().toRealPath();
    current = withParents(root).orElseThrow();
    open = Files.newDirectoryStream(root);
    files = open.iterator();
  }

  /** The folder with its parents, since a link to any of them is a loop. */
  private static Optional<Folder> withParents(Path real) throws IOException {
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
      next = hasFile() ? inspect(files.next()) : enter(pending.pop());
    }
    return next.isPresent();
  }

  @Override
  public ListingEntry next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ListingEntry found = next.orElseThrow();
    next = Optional.empty();
    return found;
  }

  /** Reports a folder that cannot be read to its end. */
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

  private Optional<ListingEntry> enter(Folder folder) {
    close();
    current = folder;
    files = Collections.emptyIterator();
    try {
      open = Files.newDirectoryStream(folder.path());
      files = open.iterator();
      return Optional.empty();
    } catch (NoSuchFileException | NotDirectoryException e) {
      // It was deleted after it was listed.
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(ListingFault.folder(location(folder.path()), reason(e)));
    }
  }

  private Optional<ListingEntry> inspect(Path path) {
    try {
      BasicFileAttributes seen = attributes(path, LinkOption.NOFOLLOW_LINKS);
      if (!hasTextName(path)) {
        return Optional.of(badName(path, !seen.isRegularFile()));
      }
      boolean link = seen.isSymbolicLink();
      return link ? target(path) : accepted(path, seen, false);
    } catch (NoSuchFileException e) {
      // It was deleted after the folder was read.
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(ListingFault.folder(location(path), reason(e)));
    }
  }

  private Optional<ListingEntry> target(Path link) {
    try {
      return accepted(link, attributes(link), true);
    } catch (AccessDeniedException e) {
      return Optional.of(ListingFault.folder(location(link), reason(e)));
    } catch (IOException e) {
      return Optional.of(
          ListingFault.link(location(link), "the link leads nowhere; fix or remove it"));
    }
  }

  private static BasicFileAttributes attributes(Path path, LinkOption... options)
      throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, options);
  }

  private Optional<ListingEntry> accepted(Path path, BasicFileAttributes seen, boolean link) {
    if (seen.isRegularFile()) {
      return Optional.of(LocalStorage.entry(location(path), seen));
    }
    if (seen.isDirectory()) {
      return link && !followed ? Optional.empty() : folder(path, key(path, seen), link);
    }
    // Opening a pipe would wait for a writer forever.
    return Optional.of(
        ListingFault.file(
            location(path), "this is a pipe, socket or device; only regular files are read"));
  }

  private Optional<ListingEntry> folder(Path path, Object key, boolean link) {
    if (skipped.filter(key::equals).isPresent()) {
      return Optional.empty();
    }
    Optional<Folder> ancestor = current.ancestor(key);
    if (ancestor.isPresent()) {
      return Optional.of(
          ListingFault.folder(
              location(path),
              "the link leads back to %s, which contains it; remove the link"
                  .formatted(location(ancestor.get().path()))));
    }
    boolean linked = link || current.linked();
    if (linked && links.merge(key, 1, Integer::sum) > MAX_LINKS) {
      return Optional.of(
          ListingFault.folder(
              location(path),
              "more than %d links lead to this folder; remove some".formatted(MAX_LINKS)));
    }
    pending.push(new Folder(path, key, linked, Optional.of(current)));
    return Optional.empty();
  }

  /**
   * Returns whether the name is valid text; otherwise its string form names no file, or another
   * one.
   */
  private static boolean hasTextName(Path path) {
    String text = path.toString();
    try {
      return text.indexOf(REPLACEMENT) < 0 || Path.of(text).equals(path);
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private ListingFault badName(Path path, boolean folder) {
    return new ListingFault(
        location(path),
        "%s: its name is not UTF-8 text; rename it".formatted(location(path)),
        folder ? Hides.FILES : Hides.ITSELF);
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
        ? "permission denied; grant read access or run as another user"
        : "it cannot be listed (%s)".formatted(StorageErrorMessages.plain(e));
  }

  @Override
  public void close() {
    try {
      open.close();
    } catch (IOException e) {
      // Only the handle had to be freed.
      return;
    }
  }
}
