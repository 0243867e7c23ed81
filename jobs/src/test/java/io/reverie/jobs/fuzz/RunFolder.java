package io.reverie.jobs.fuzz;

import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The files of a fuzz run: the seeds, the dictionary, the findings, and the current input, which is
 * stored before it is parsed because native code may crash the process.
 */
record RunFolder(Path folder) {

  private static final int LARGEST = 1 << 20;
  private static final int COUNT = 0;
  private static final int LENGTH = 8;
  private static final int CONTENT = 12;
  private static final int IDLE = -1;

  Path seeds() {
    return folder.resolve("seeds");
  }

  Path words() {
    return folder.resolve("words");
  }

  private Path findings() {
    return folder.resolve("findings");
  }

  private MappedByteBuffer map() throws IOException {
    Files.createDirectories(folder);
    try (FileChannel file =
        FileChannel.open(
            folder.resolve("current"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      return file.map(MapMode.READ_WRITE, 0, CONTENT + LARGEST);
    }
  }

  /** Opens the record of the current input. */
  Current current() throws IOException {
    return new Current(map());
  }

  /** Stores a finding, unless the same was found before. */
  void keep(Finding finding, byte[] input) throws IOException {
    Path findings = Files.createDirectories(findings());
    try {
      Files.writeString(
          findings.resolve(finding.name() + ".txt"),
          "%s at %s%n%s%n".formatted(finding.kind(), finding.place(), finding.details()),
          StandardOpenOption.CREATE_NEW);
      Files.write(findings.resolve(finding.name() + ".input"), input);
    } catch (FileAlreadyExistsException e) {
      // One input per finding is enough.
      return;
    }
  }

  /** The counter of inputs and the current input; both survive the process. */
  record Current(MappedByteBuffer bytes) {

    void begin(byte[] input) {
      bytes.putInt(LENGTH, IDLE);
      bytes.put(CONTENT, input, 0, Math.min(input.length, LARGEST));
      bytes.putInt(LENGTH, Math.min(input.length, LARGEST));
    }

    void end() {
      rest();
      bytes.putLong(COUNT, count() + 1);
    }

    /** No input is being parsed. */
    void rest() {
      bytes.putInt(LENGTH, IDLE);
    }

    long count() {
      return bytes.getLong(COUNT);
    }

    /** The input at which the process ended. */
    Optional<byte[]> unended() {
      int length = bytes.getInt(LENGTH);
      if (length == IDLE) {
        return Optional.empty();
      }
      byte[] found = new byte[length];
      bytes.get(CONTENT, found);
      return Optional.of(found);
    }
  }
}
