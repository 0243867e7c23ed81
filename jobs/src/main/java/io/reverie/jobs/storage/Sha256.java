package io.reverie.jobs.storage;

import io.reverie.video.MediaSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 as lower-case hexadecimal digits. */
public final class Sha256 {

  private Sha256() {}

  public static String of(Path file) throws IOException {
    return of(List.of(new Location(file.toString())));
  }

  /** Hashes the concatenated files. */
  public static String of(List<Location> files) throws IOException {
    MessageDigest digest = digest();
    for (Location file : files) {
      try (InputStream in = new DigestInputStream(Storage.of(file).read(file), digest)) {
        in.transferTo(java.io.OutputStream.nullOutputStream());
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** Hashes media, which may be in memory already. */
  public static String of(MediaSource media) throws IOException {
    MessageDigest digest = digest();
    try (InputStream in = new DigestInputStream(Channels.newInputStream(media.open()), digest)) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  public static String of(String text) {
    return HexFormat.of().formatHex(digest().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
