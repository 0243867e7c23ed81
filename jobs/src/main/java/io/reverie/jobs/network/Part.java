package io.reverie.jobs.network;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * The beginning of a download, which stays for the next run if it breaks off.
 *
 * @param kept whether the next run finds it
 */
record Part(Path path, FileChannel channel, boolean kept) implements AutoCloseable {

  /** Opens the beginning of a file; while another process writes it, one of its own. */
  static Part open(Path file) throws IOException {
    Path usual = file.resolveSibling("." + file.getFileName() + ".part");
    FileChannel channel = channel(usual);
    if (isOurs(channel)) {
      return new Part(usual, channel, true);
    }
    channel.close();
    Path own = file.resolveSibling("." + UUID.randomUUID() + ".part");
    return new Part(own, channel(own), false);
  }

  private static FileChannel channel(Path path) throws IOException {
    return FileChannel.open(
        path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Locks the file until its channel is closed. */
  private static boolean isOurs(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    } catch (IOException e) {
      // A file system without locks.
      return true;
    }
  }

  void moveTo(Path file) throws IOException {
    Files.move(path, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    long size = channel.isOpen() ? channel.size() : 0;
    channel.close();
    if (!kept || size == 0) {
      Files.deleteIfExists(path);
    }
  }
}
