package io.reverie.jobs.network;

import io.reverie.core.network.NetworkDescriptor.Release;
import io.reverie.jobs.UserException;
import io.reverie.jobs.progress.Bar;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Fetches published weights once into a folder, and takes them only if their hash is the published
 * one.
 *
 * @param cache the folder
 */
record Download(Path cache) {

  static boolean isAddress(String uri) {
    return uri.startsWith("https:") || uri.startsWith("http:");
  }

  private static String name(Release release) {
    return Path.of(URI.create(release.uri()).getPath()).getFileName().toString();
  }

  /** What was fetched before and still has its hash. */
  Optional<Path> cached(Release release) throws IOException {
    Path file = cache.resolve("networks").resolve(name(release));
    boolean good = Files.exists(file) && release.matches(Sha256.of(file));
    return good ? Optional.of(file) : Optional.empty();
  }

  Path fetch(Release release) throws IOException {
    Optional<Path> cached = cached(release);
    if (cached.isPresent()) {
      return cached.get();
    }
    String name = name(release);
    Path file = cache.resolve("networks").resolve(name);
    Path record = file.resolveSibling(name + ".sha256");
    Path part = Files.createDirectories(file.getParent()).resolve("." + name + ".part");
    try {
      transfer(release.uri(), part);
      String hash = Sha256.of(part);
      if (!release.matches(hash)) {
        throw UserException.environment(
            "%s has the SHA-256 %s, which does not begin with the published %s; it was not kept"
                .formatted(release.uri(), hash, release.sha256()));
      }
      try (InputStream in = Files.newInputStream(part)) {
        WeightsStore.store(in, file);
      }
      Files.writeString(record, "%s  %s%n".formatted(hash, name));
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
          "cannot download %s (%s); without a network fetch the file elsewhere and give it with --weights"
              .formatted(uri, e),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw UserException.environment("the download of %s was interrupted".formatted(uri), e);
    }
  }

  /** Tells a bar how many megabytes have gone through. */
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
