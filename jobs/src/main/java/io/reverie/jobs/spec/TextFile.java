package io.reverie.jobs.spec;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.StorageErrorMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that the user names: settings, descriptors, lists of cuts. */
public final class TextFile {

  /** In bytes: far more than a manifest of a day of film has. */
  private static final int LARGEST = 64 << 20;

  private TextFile() {}

  /**
   * Its content.
   *
   * @throws UserException if it cannot be read, is no text, or has no end
   */
  public static String read(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw UserException.usage(
            "cannot read %s: it is larger than %d MiB, which no file of settings is"
                .formatted(file, LARGEST >> 20));
      }
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw UserException.usage("cannot read %s: it is no text in UTF-8".formatted(file), e);
    } catch (IOException e) {
      throw UserException.usage("cannot read " + StorageErrorMessages.of(e), e);
    }
  }
}
