package io.reverie.jobs.network;

import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.process.RunFolder;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.TaskMemory;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.NumberedFiles;
import io.reverie.jobs.storage.Sha256;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds a network's weights: the user's own, the ones in the program, or a published file that is
 * downloaded once.
 *
 * @param cache a folder for what is downloaded or unpacked
 */
public record WeightsStore(Path cache) {

  /**
   * Brings the weights to a local file, and says how large tiles are where that has been left open.
   *
   * @throws UserException if they are not there, cannot be had, or are not what was published
   */
  public ResolvedSpec resolve(PipelineSpec spec, NetworkDescriptor network) {
    return resolve(new SpecLoader.Loaded(spec, network, SpecLoader.descriptorText(spec.network())));
  }

  /** The same of settings whose network's descriptor is at hand. */
  public ResolvedSpec resolve(SpecLoader.Loaded settings) {
    PipelineSpec spec = settings.spec();
    NetworkDescriptor network = settings.network();
    try {
      Path file = spec.weights().equals("auto") ? published(network) : named(spec.weights());
      return new ResolvedSpec(
          spec.withTile(TaskMemory.here(), network),
          settings.descriptor(),
          file.toString(),
          Sha256.of(file),
          hashes(spec.files()));
    } catch (IOException e) {
      throw UserException.environment(
          "cannot bring the weights of %s to %s: %s"
              .formatted(network.name(), cache, e.getMessage()),
          e);
    }
  }

  private static Map<String, String> hashes(Set<String> files) {
    Map<String, String> hashes = new TreeMap<>();
    for (String file : files) {
      try {
        hashes.put(file, hash(Location.of(file)));
      } catch (UncheckedIOException | IOException e) {
        throw UserException.environment(
            "cannot read what the settings name: " + Failure.sentence(e).orElseThrow(), e);
      }
    }
    return hashes;
  }

  /** Of the content; of numbered files, of their names too. */
  private static String hash(Location location) throws IOException {
    Storage storage = Storage.of(location);
    if (storage.find(location).isPresent()) {
      return Sha256.of(List.of(location));
    }
    if (storage.isFolder(location)) {
      throw UserException.environment(
          "%s, which the settings name, is a folder; name the numbered pictures in it, as in %s"
              .formatted(location, location.resolve("%05d.png")));
    }
    List<Location> files =
        FramePattern.isPattern(location.name())
            ? NumberedFiles.of(location).stream().map(Entry::location).toList()
            : List.of();
    if (files.isEmpty()) {
      throw UserException.environment(
          "there is no file of the name %s, which the settings name; check the path"
              .formatted(location));
    }
    String names = files.stream().map(Location::name).collect(Collectors.joining("\n"));
    return Sha256.of(names + '\n' + Sha256.of(files));
  }

  /** The same without any download; empty where one is needed. */
  public Optional<ResolvedSpec> resolveHere(PipelineSpec spec, NetworkDescriptor network) {
    return isDownload(spec, network) ? Optional.empty() : Optional.of(resolve(spec, network));
  }

  /** Whether weights are on the web, and not in a file or a bucket. */
  public static boolean isAddress(String weights) {
    return Download.isAddress(weights);
  }

  /** Whether its weights have to be downloaded. */
  public boolean isDownload(PipelineSpec spec, NetworkDescriptor network) {
    boolean remote =
        spec.weights().equals("auto")
            && !network.weights().isEmpty()
            && Download.isAddress(network.weights().get(0).uri());
    try {
      return remote && new Download(cache).cached(network.weights().get(0)).isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  private Path published(NetworkDescriptor network) throws IOException {
    if (network.weights().isEmpty()) {
      throw UserException.environment(
          "the network %s names no weights; give some with --weights".formatted(network.name()));
    }
    Release release = network.weights().get(0);
    if (release.uri().startsWith("resource:")) {
      return unpacked(release);
    }
    if (Download.isAddress(release.uri())) {
      return new Download(cache).fetch(release);
    }
    return named(release.uri());
  }

  private Path unpacked(Release release) throws IOException {
    Path file = cache.resolve("networks").resolve(release.sha256() + ".safetensors");
    if (!Files.exists(file) || !Sha256.of(file).equals(release.sha256())) {
      return unpacked(release, file);
    }
    return file;
  }

  /** Where nothing can be cached, as for a user without a home, for this run alone. */
  private static Path unpacked(Release release, Path file) throws IOException {
    try (InputStream in = Networks.resource(release.uri())) {
      store(in, file);
      return file;
    } catch (IOException e) {
      Path other = RunFolder.path().resolve("networks").resolve(file.getFileName());
      try (InputStream in = Networks.resource(release.uri())) {
        store(in, other);
      }
      return other;
    }
  }

  /** Complete or not at all, also where two processes do it at once. */
  static void store(InputStream in, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    // Not as a temporary file, which nobody else may read: a cache may be shared.
    Path part = file.toAbsolutePath().resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private Path named(String weights) throws IOException {
    Location location = Location.of(weights);
    if (!location.isLocal()) {
      return copied(location);
    }
    if (!Files.isRegularFile(location.path())) {
      throw UserException.environment(
          "there is no weights file %s; check the path given with --weights".formatted(weights));
    }
    return location.path();
  }

  private Path copied(Location remote) throws IOException {
    Path file = cache.resolve("networks").resolve(Sha256.of(remote.text()) + "-" + remote.name());
    try (InputStream in = Storage.of(remote).read(remote)) {
      store(in, file);
      return file;
    } catch (UncheckedIOException | IOException e) {
      throw UserException.environment(
          "cannot read the weights %s: %s".formatted(remote, e.getMessage()), e);
    }
  }
}
