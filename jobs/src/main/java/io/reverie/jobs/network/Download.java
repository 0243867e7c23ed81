package io.reverie.jobs.network;

import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.Sha256;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Downloads published weights once, and accepts them only if their hash is the published one.
 *
 * @param cache folder of the downloads
 * @param environment variables, which may name proxies
 */
record Download(Path cache, Patience patience, Map<String, String> environment) {

  private static final int FULL_DIGITS = 64;

  /** PyTorch publishes eight. */
  private static final int MIN_DIGITS = 8;

  private static final Set<String> LOCAL_HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

  Download(Path cache) {
    this(cache, Patience.USUAL, System.getenv());
  }

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
   * full hash must be known. A published SHA-1 is full: no one can make another file for a given
   * one, though two files of one SHA-1 can be made.
   */
  private static void requireChecked(Release release) {
    if (!isAddress(release.uri())) {
      throw UserException.environment(
          "the mirror %s is not a web address; correct the descriptor, or name a weights file with --weights"
              .formatted(release.uri()));
    }
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

  /** Returns whether an address is this machine's. */
  static boolean isLocal(URI address) {
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

  /**
   * Downloads a release from its address or, if that fails, from its mirrors.
   *
   * @throws UserException if it may not be downloaded, if every address fails, or if the file has
   *     another hash
   */
  Path fetch(Release release) throws IOException {
    Optional<Path> cached = cached(release);
    if (cached.isPresent()) {
      return cached.get();
    }
    List<Release> addresses = new ArrayList<>(List.of(release));
    release.mirrors().forEach(mirror -> addresses.add(release.at(mirror, List.of())));
    addresses.forEach(Download::requireChecked);
    String name = name(release);
    Path file = cache.resolve("networks").resolve(name);
    Files.createDirectories(file.getParent());
    try (Part part = Part.open(file)) {
      String hash = transferred(addresses, part, name);
      part.moveTo(file);
      Files.writeString(file.resolveSibling(name + ".sha256"), "%s  %s%n".formatted(hash, name));
      return file;
    }
  }

  /** Returns the hash of the first file that is the published one. */
  private String transferred(List<Release> addresses, Part part, String name) throws IOException {
    List<String> problems = new ArrayList<>();
    HttpClient client =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience.idle())
            .proxy(new EnvironmentProxies(environment))
            .build();
    for (Release each : addresses) {
      boolean resumed = part.channel().size() > 0;
      Optional<String> hash = attempt(client, each, part, name, problems);
      if (hash.isEmpty() && resumed && part.channel().size() == 0) {
        // The beginning may have been of another file.
        hash = attempt(client, each, part, name, problems);
      }
      if (hash.isPresent()) {
        return hash.get();
      }
    }
    throw UserException.environment(
        "cannot download %s; without network access, download the file elsewhere and name it with --weights"
            .formatted(String.join("; ", problems)));
  }

  /** Transfers from one address; if that fails, returns only the reason. */
  private Optional<String> attempt(
      HttpClient client, Release release, Part part, String name, List<String> problems)
      throws IOException {
    try {
      new Transfer(client, patience, address(release), part.channel(), name).run();
    } catch (IOException e) {
      problems.add("%s (%s)".formatted(release.uri(), e.getMessage()));
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.environment(
          "the download of %s was interrupted".formatted(release.uri()), e);
    }
    Optional<String> mismatch = mismatch(release, part.path());
    if (mismatch.isEmpty()) {
      return Optional.of(Sha256.of(part.path()));
    }
    part.channel().truncate(0);
    problems.add(
        "%s (it has the %s; the download was discarded)".formatted(release.uri(), mismatch.get()));
    return Optional.empty();
  }
}
