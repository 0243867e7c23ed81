package io.reverie.jobs.rerun;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.ImagesJob;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.trust.ExternalRef;
import io.reverie.jobs.trust.ExternalRefs;
import io.reverie.jobs.trust.NotePermission;
import io.reverie.jobs.trust.UserGrants;
import io.reverie.jobs.video.VideoJob;
import io.reverie.jobs.zoom.ZoomJob;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Reproduces a result from its recorded settings.
 *
 * @param output the result to reproduce
 */
public record Rerun(Location output, Provenance made) {

  /**
   * Reads the settings of a result from its sidecar or, failing that, from the file itself.
   *
   * @throws UserException if neither has them
   */
  public static Rerun of(Location output) {
    if (output.name().endsWith(".json")) {
      throw UserException.usage(
          "%s is the sidecar of a result; name the result itself, %s"
              .formatted(output, output.name().replaceFirst("\\.json$", "")));
    }
    try {
      Provenance made = Sidecar.read(output);
      if (FramePattern.isPattern(made.output()) && !FramePattern.isPattern(output.name())) {
        throw UserException.usage(
            "%s is one of the numbered frames %s; name the whole series instead"
                .formatted(output, output.sibling(made.output())));
      }
      return new Rerun(output, made);
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /**
   * The recorded settings as this version understands them, with paths resolved. A network's
   * descriptor stays in memory.
   *
   * @param grants files that replace those in the record
   */
  public SpecLoader.Loaded settings(UserGrants grants) {
    ObjectNode spec = made.spec().deepCopy();
    String network = spec.path("network").asText();
    if (made.network().descriptor().isEmpty() && !Networks.names().contains(network)) {
      throw UserException.environment(
          "%2$s cannot be reproduced: its network %1$s is not built in, and its descriptor is not recorded"
              .formatted(network, output));
    }
    spec.put("network", new Location(network).name());
    if (!spec.has("precision")) {
      // Made before there was a choice.
      spec.put("precision", "float32");
    }
    SpecLoader.Loaded recorded = load(spec);
    grants
        .weights()
        .or(() -> describedWeights(recorded))
        .ifPresent(file -> spec.put("weights", file));
    SpecLoader.Loaded all = load(spec);
    return all.with(
        all.spec()
            .renamed(
                file ->
                    grants.weights().filter(file::equals).isPresent()
                        ? file
                        : grants.instead(file).orElseGet(() -> located(file))));
  }

  private SpecLoader.Loaded load(ObjectNode spec) {
    return SpecLoader.load(
        List.of(new Overlay(spec.deepCopy(), "the settings of " + output)),
        made.network().descriptor());
  }

  private String located(String recordedName) {
    return Provenance.fileAt(recordedName, output).text();
  }

  /** The weights file that a descriptor names, which may also be beside the result. */
  private static Optional<String> describedWeights(SpecLoader.Loaded recorded) {
    return recorded.spec().weights().equals("auto") && !recorded.descriptor().isEmpty()
        ? recorded.network().weights().stream()
            .map(Release::uri)
            .findFirst()
            .filter(uri -> !WeightsStore.isAddress(uri) && !uri.startsWith("resource:"))
        : Optional.empty();
  }

  /** Everything that the note makes this program read or run, before any of it is opened. */
  public List<ExternalRef> needs(SpecLoader.Loaded settings, UserGrants grants) {
    List<ExternalRef> all = new ArrayList<>();
    if (grants.input().isPresent() || !made.source().isGenerated()) {
      String source = grants.input().orElseGet(() -> made.sourceAt(output).text());
      all.add(new ExternalRef(ExternalRef.AccessKind.READ, ExternalRef.SOURCE, source));
    }
    all.addAll(ExternalRefs.of(settings, new WeightsStore(CacheFolder.path())));
    return all;
  }

  /**
   * Refuses references that a note may not make, and missing masks and guides.
   *
   * @throws UserException that names the remedy
   */
  public void require(List<ExternalRef> needs, SpecLoader.Loaded settings, UserGrants grants) {
    try {
      new NotePermission(output, grants).require(needs);
      requireWeights(settings.spec().weights(), grants);
      for (String file : settings.spec().files()) {
        Location location = Location.of(file);
        if (!FramePattern.isPattern(location.name())
            && Storage.of(location).find(location).isEmpty()) {
          throw UserException.environment(
              "%s, which was used for %s, does not exist; give its new location with --file '%s=FILE'"
                  .formatted(location, output, location.name()));
        }
      }
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /** Refuses weights that the note names and that are gone. */
  private void requireWeights(String weights, UserGrants grants) throws IOException {
    if (weights.equals("auto") || grants.weights().isPresent()) {
      return;
    }
    Location location = Location.of(weights);
    if (location.isLocal() && Storage.of(location).find(location).isEmpty()) {
      throw UserException.environment(
          "the weights %s, which the note of %s names, do not exist; name them with --weights FILE"
              .formatted(location, output));
    }
  }

  /**
   * Refuses weights and other files that differ from those it was made with.
   *
   * @throws UserException that names the remedy
   */
  public void requireFiles(ResolvedSpec resolved) {
    if (!resolved.weightsSha256().equals(made.network().sha256())) {
      throw UserException.environment(
          "the weights %s have the SHA-256 %s, but %s was made with %s; name the original file with --weights"
              .formatted(
                  resolved.weights(), resolved.weightsSha256(), output, made.network().sha256()));
    }
    resolved
        .files()
        .forEach(
            (file, hash) -> {
              if (!made.files().containsValue(hash)) {
                throw UserException.environment(
                    "%s has changed since %s was made; restore the original, or name a copy with --file"
                        .formatted(file, output));
              }
            });
  }

  /**
   * Locates the source.
   *
   * @param input where it is now; empty if it has not moved
   * @throws UserException if it is missing or has changed
   */
  public String source(Optional<String> input, PipelineSpec spec) {
    return new OriginalSource(output, made).locate(input, spec);
  }

  /** Warnings about differences that may change frames. */
  public List<String> warnings(ResolvedSpec resolved, Device device) {
    List<String> all = new ArrayList<>();
    for (String difference : made.differences(MachineInfo.ofThisMachine(device.ofThisMachine()))) {
      all.add("%s was made %s; frames may differ".formatted(output, difference));
    }
    if (!resolved.id().equals(made.id())) {
      all.add(
          "the settings of %s now have the id %s instead of %s; frames may differ"
              .formatted(output, resolved.id(), made.id()));
    }
    return all;
  }

  /**
   * Returns where the new result goes: by default next to the old one, with {@code -again} in its
   * name.
   *
   * @throws UserException if the target is the result itself, has another format, or exists and
   *     must not be overwritten
   */
  public Location target(Optional<String> requested, boolean overwrite) {
    return new NewResult(output, made.output()).target(requested, overwrite);
  }

  /** Runs the same kind of job as the one that made the result. */
  public List<Outcome> run(
      JavaSparkContext spark,
      ResolvedSpec resolved,
      RunOptions options,
      String input,
      String target,
      RunListener run) {
    return switch (made.command()) {
      case "images" -> new ImagesJob(spark, resolved, options).run(List.of(input), target, run);
      case "video" -> new VideoJob(spark, resolved, options).run(List.of(input), target, run);
      case "zoom" -> new ZoomJob(spark, resolved, options, run).run(List.of(input), target);
      default ->
          throw UserException.environment(
              "%s was made by `reverie %s`, which this version cannot rerun"
                  .formatted(output, made.command()));
    };
  }
}
