package io.reverie.jobs.network;

import io.reverie.core.DreamException;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.NetworkDescriptor.Kind;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.core.weights.onnx.OnnxFile;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.NumberedFiles;
import io.reverie.jobs.process.RunFolder;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.TaskMemory;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Sha256;
import io.reverie.jobs.storage.Storage;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Finds a network's weights: the user's own file, the ones that ship with the program, or a
 * published file that is downloaded once.
 *
 * @param cache folder for downloaded and unpacked files
 */
public record WeightsStore(Path cache) {

  /**
   * Copies the weights to a local file and, if they are left open, chooses tile size and precision.
   *
   * @throws UserException if the weights are missing, cannot be downloaded, or have the wrong hash
   */
  public ResolvedSpec resolve(PipelineSpec spec, NetworkDescriptor network) {
    return resolve(new SpecLoader.Loaded(spec, network, SpecLoader.descriptorText(spec.network())));
  }

  /** Resolves settings whose network descriptor has already been read. */
  public ResolvedSpec resolve(SpecLoader.Loaded settings) {
    PipelineSpec spec = settings.spec();
    NetworkDescriptor network = settings.network();
    try {
      Path file =
          spec.weights().equals("auto")
              ? published(settings)
              : named(spec.weights(), "check the path given with --weights");
      NetworkDescriptor whole = Networks.completed(network, file);
      String hash = hash(network, file);
      return new ResolvedSpec(
          spec.withTile(TaskMemory.forThisTask(), whole).withPrecision("cpu"),
          settings.descriptor(),
          file.toString(),
          hash,
          hashes(spec.files()),
          facts(spec, network, file, hash));
    } catch (IOException e) {
      throw UserException.environment(
          "cannot store the weights of %s in %s: %s"
              .formatted(network.name(), cache, e.getMessage()),
          e);
    }
  }

  /** Hashes the weights; those of an ONNX model may be in several files. */
  static String hash(NetworkDescriptor network, Path weights) throws IOException {
    List<Location> files = new ArrayList<>();
    files.add(Location.of(weights.toString()));
    if (network.kind() == Kind.ONNX) {
      OnnxFile.read(weights).dataFiles().stream()
          .sorted()
          .map(name -> Location.of(weights.resolveSibling(name).toString()))
          .forEach(files::add);
    }
    return files.size() == 1 ? Sha256.of(weights) : Sha256.of(files);
  }

  /**
   * Returns the facts about the weights, with the preprocessing from the settings if they state
   * one.
   */
  private static WeightsFacts facts(
      PipelineSpec spec, NetworkDescriptor network, Path file, String hash) throws IOException {
    try {
      WeightsFacts facts = known(Networks.facts(network, file, hash), network, file);
      return spec.preprocessing().isAuto()
          ? facts
          : facts.saying(spec.preprocessing().over(facts.preprocessing()));
    } catch (DreamException e) {
      throw UserException.environment(e.getMessage(), e);
    }
  }

  /** A release whose authors published only a SHA-1 is known by it. */
  private static WeightsFacts known(WeightsFacts facts, NetworkDescriptor network, Path file)
      throws IOException {
    for (Release release : facts.known() ? List.<Release>of() : network.weights()) {
      if (!release.sha1().isEmpty() && release.sha1().equals(Sha1.of(file))) {
        return facts.saying(release.preprocessing());
      }
    }
    return facts;
  }

  private static Map<String, String> hashes(Set<String> files) {
    Map<String, String> hashes = new TreeMap<>();
    for (String file : files) {
      try {
        hashes.put(file, hash(Location.of(file)));
      } catch (UncheckedIOException | IOException e) {
        throw UserException.environment(
            "cannot read a file named in the settings: " + Failure.sentence(e).orElseThrow(), e);
      }
    }
    return hashes;
  }

  /** Hashes the content; for numbered files, their names too. */
  private static String hash(Location location) throws IOException {
    Storage storage = Storage.of(location);
    if (storage.find(location).isPresent()) {
      return Sha256.of(List.of(location));
    }
    if (storage.isFolder(location)) {
      throw UserException.environment(
          "%s, named in the settings, is a folder; name the numbered images in it, such as %s"
              .formatted(location, location.resolve("%05d.png")));
    }
    List<Location> files =
        FramePattern.isPattern(location.name())
            ? NumberedFiles.of(location).stream().map(FileEntry::location).toList()
            : List.of();
    if (files.isEmpty()) {
      throw UserException.environment(
          "the file %s, named in the settings, does not exist; check the path".formatted(location));
    }
    String names = files.stream().map(Location::name).collect(Collectors.joining("\n"));
    return Sha256.of(names + '\n' + Sha256.of(files));
  }

  /** Resolves settings without a download; empty if one is needed. */
  public Optional<ResolvedSpec> resolveHere(PipelineSpec spec, NetworkDescriptor network) {
    return isDownload(spec, network) ? Optional.empty() : Optional.of(resolve(spec, network));
  }

  /** Returns whether the weights are on the web, rather than in a file or a bucket. */
  public static boolean isAddress(String weights) {
    return Download.isAddress(weights);
  }

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

  private Path published(SpecLoader.Loaded settings) throws IOException {
    NetworkDescriptor network = settings.network();
    String model = settings.spec().network();
    if (OnnxFile.isNamed(model)) {
      return named(model, "check the path given with --network");
    }
    if (network.weights().isEmpty()) {
      throw UserException.environment(
          "the network %s names no weights; name a weights file with --weights"
              .formatted(network.name()));
    }
    Release release = network.weights().get(0);
    if (release.uri().startsWith("resource:")) {
      return unpacked(release);
    }
    if (Download.isAddress(release.uri())) {
      return new Download(cache).fetch(release);
    }
    return named(
        release.uri(),
        "it is named in %s, relative to that file; correct its uri, or name the file with --weights"
            .formatted(settings.spec().network()));
  }

  private Path unpacked(Release release) throws IOException {
    Path file = cache.resolve("networks").resolve(release.sha256() + ".safetensors");
    if (!Files.exists(file) || !Sha256.of(file).equals(release.sha256())) {
      return unpacked(release, file);
    }
    return file;
  }

  /** Unpacks the weights; if the cache is not writable, into a folder of this run. */
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

  /** Writes the file atomically, even if two processes do so at once. */
  static void store(InputStream in, Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    // Not with createTempFile, whose files only the owner may read: a cache may be shared.
    Path part = file.toAbsolutePath().resolveSibling("." + UUID.randomUUID() + ".part");
    try {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /**
   * Finds a file.
   *
   * @param remedy if it is missing
   */
  private Path named(String weights, String remedy) throws IOException {
    Location location = Location.of(weights);
    if (!location.isLocal()) {
      return copied(location);
    }
    if (!Files.isRegularFile(location.path())) {
      throw UserException.environment(
          "the weights file %s does not exist; %s".formatted(weights, remedy));
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
