package io.reverie.jobs.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.StorageErrorMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the user's text files: settings, descriptors, lists of cuts. */
public final class TextFile {

  /** In bytes; the manifest of a day of film is far smaller. */
  private static final int LARGEST = 64 << 20;

  private TextFile() {}

  /**
   * Reads a local file.
   *
   * @throws UserException if it cannot be read, is not UTF-8, or is too large
   */
  public static String read(Path file) {
    return read(file.toString(), () -> Files.newInputStream(file));
  }

  /**
   * Reads a file of any storage.
   *
   * @throws UserException if it cannot be read, is not UTF-8, or is too large
   */
  public static String read(Location file) {
    return read(file.text(), () -> Storage.of(file).read(file));
  }

  private interface Source {
    InputStream open() throws IOException;
  }

  private static String read(String name, Source source) {
    try (InputStream in = source.open()) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw UserException.usage(
            "cannot read %s: it is larger than %d MiB".formatted(name, LARGEST >> 20));
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw UserException.usage("cannot read %s: it is not UTF-8 text".formatted(name), e);
    } catch (IOException e) {
      throw UserException.usage("cannot read " + StorageErrorMessages.of(e), e);
    }
  }
}
