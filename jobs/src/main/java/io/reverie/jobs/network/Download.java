package io.reverie.jobs.network;

import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.progress.Bar;
import io.reverie.jobs.storage.Sha256;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Downloads published weights once, and accepts them only if their hash is the published one.
 *
 * @param cache folder of the downloads
 */
record Download(Path cache) {

  private static final int FULL_DIGITS = 64;

  /** PyTorch publishes eight. */
  private static final int MIN_DIGITS = 8;

  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  static boolean isAddress(String uri) {
    return uri.startsWith("https:") || uri.startsWith("http:");
  }

  /** The name of the cached file: the part of the address after the last slash. */
  private static String name(Release release) {
    String path = String.valueOf(address(release).getPath());
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (name.isEmpty() || name.startsWith(".") || name.indexOf('\0') >= 0) {
      throw UserException.environment(
          "%s does not name a file to download; name a weights file with --weights"
              .formatted(release.uri()));
    }
    return name;
  }

  private static URI address(Release release) {
    try {
      return new URI(release.uri());
    } catch (URISyntaxException e) {
      throw UserException.environment(
          "%s is not a valid web address (%s); name a weights file with --weights"
              .formatted(release.uri(), e.getReason()),
          e);
    }
  }

  /**
   * Refuses a download that could be tampered with: over plain http, except from this machine, the
   * full hash must be known. A published SHA-1 is full: nobody can make another file for a given
   * one, though two files of one SHA-1 can be made.
   */
  private static void requireChecked(Release release) {
    if (!release.sha1().isEmpty()) {
      return;
    }
    if (release.sha256().isEmpty()) {
      throw UserException.environment(
          "%s has no published checksum, so it was not downloaded; download it yourself and name the file with --weights"
              .formatted(release.uri()));
    }
    URI address = address(release);
    int digits = address.getScheme().equals("https") ? MIN_DIGITS : FULL_DIGITS;
    if (release.sha256().length() < digits && !isLocal(address)) {
      throw UserException.environment(
          "%s was not downloaded: over %s, its descriptor must state at least %d digits of the sha256, not %d; download it yourself and name the file with --weights"
              .formatted(release.uri(), address.getScheme(), digits, release.sha256().length()));
    }
  }

  private static boolean isLocal(URI address) {
    return LOCAL_HOSTS.contains(String.valueOf(address.getHost()));
  }

  /** Returns an earlier download whose hash still matches. */
  Optional<Path> cached(Release release) throws IOException {
    Path file = cache.resolve("networks").resolve(name(release));
    boolean valid = Files.exists(file) && mismatch(release, file).isEmpty();
    return valid ? Optional.of(file) : Optional.empty();
  }

  /** Compares a file with the published hashes; returns what differs, empty if nothing does. */
  private static Optional<String> mismatch(Release release, Path file) throws IOException {
    if (!release.sha1().isEmpty()) {
      String hash = Sha1.of(file);
      if (!hash.equals(release.sha1())) {
        return Optional.of(
            "SHA-1 %s, which does not match the published %s".formatted(hash, release.sha1()));
      }
      if (release.sha256().isEmpty()) {
        return Optional.empty();
      }
    }
    String hash = Sha256.of(file);
    return release.matches(hash)
        ? Optional.empty()
        : Optional.of(
            "SHA-256 %s, which does not match the published %s".formatted(hash, release.sha256()));
  }

  Path fetch(Release release) throws IOException {
    Optional<Path> cached = cached(release);
    if (cached.isPresent()) {
      return cached.get();
    }
    requireChecked(release);
    String name = name(release);
    Path file = cache.resolve("networks").resolve(name);
    Path record = file.resolveSibling(name + ".sha256");
    Path part = Files.createDirectories(file.getParent()).resolve("." + name + ".part");
    try {
      transfer(release.uri(), part);
      Optional<String> mismatch = mismatch(release, part);
      if (mismatch.isPresent()) {
        throw UserException.environment(
            "%s has the %s; the download was discarded".formatted(release.uri(), mismatch.get()));
      }
      try (InputStream in = Files.newInputStream(part)) {
        WeightsStore.store(in, file);
      }
      Files.writeString(record, "%s  %s%n".formatted(Sha256.of(file), name));
      return file;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static void transfer(String uri, Path part) {
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(Duration.ofSeconds(20))
            .build();
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new IOException("the server answered " + response.statusCode());
      }
      long length = response.headers().firstValueAsLong("Content-Length").orElse(0);
      try (Bar bar = Bar.onTerminal("Downloading " + part.getFileName(), length / 1e6, "MB");
          InputStream in = new Counting(response.body(), bar)) {
        WeightsStore.store(in, part);
      }
    } catch (IOException e) {
      throw UserException.environment(
          "cannot download %s (%s); without network access, download the file elsewhere and name it with --weights"
              .formatted(uri, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.environment("the download of %s was interrupted".formatted(uri), e);
    }
  }

  /** Updates a progress bar with the megabytes read. */
  private static final class Counting extends FilterInputStream {

    private final Bar bar;
    private long bytes;

    Counting(InputStream in, Bar bar) {
      super(in);
      this.bar = bar;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int read = super.read(into, offset, length);
      bytes += Math.max(0, read);
      bar.show(bytes / 1e6);
      return read;
    }
  }
}
