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
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.trust.ExternalRef;
import io.reverie.jobs.trust.ExternalRefs;
import io.reverie.jobs.trust.NotePermission;
import io.reverie.jobs.trust.UserGrants;
import io.reverie.jobs.video.InputVideo;
import io.reverie.jobs.video.VideoJob;
import io.reverie.jobs.zoom.ZoomJob;
import io.reverie.video.FramePattern;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Makes a result again, by what it tells of how it was made.
 *
 * @param output the result
 * @param made how it was made
 */
public record Rerun(Location output, Provenance made) {

  /**
   * Of a result, or of what lies beside one that is gone.
   *
   * @throws UserException if it does not say how it was made
   */
  public static Rerun of(Location output) {
    if (output.name().endsWith(".json")) {
      throw UserException.usage(
          "%s lies beside a result; name the result itself, %s"
              .formatted(output, output.name().replaceFirst("\\.json$", "")));
    }
    try {
      Provenance made = Sidecar.read(output);
      if (FramePattern.isPattern(made.output()) && !FramePattern.isPattern(output.name())) {
        throw UserException.usage(
            "%s is one of the numbered frames %s; rerun them all, by that name"
                .formatted(output, output.sibling(made.output())));
      }
      return new Rerun(output, made);
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /**
   * Its settings, as this version understands them, with their files where they are looked for. The
   * descriptor of a network stays in memory.
   *
   * @param given by the user, instead of what it names
   */
  public SpecLoader.Loaded settings(UserGrants given) {
    ObjectNode spec = made.spec().deepCopy();
    String network = spec.path("network").asText();
    if (made.network().descriptor().isEmpty() && !Networks.names().contains(network)) {
      throw UserException.environment(
          "the network %s of %s is none of Reverie's, and its descriptor is not in the note; it cannot be made again"
              .formatted(network, output));
    }
    spec.put("network", new Location(network).name());
    SpecLoader.Loaded noted = load(spec);
    given.weights().or(() -> describedWeights(noted)).ifPresent(file -> spec.put("weights", file));
    SpecLoader.Loaded all = load(spec);
    return all.with(
        all.spec()
            .renamed(
                file ->
                    given.weights().filter(file::equals).isPresent()
                        ? file
                        : given.instead(file).orElseGet(() -> placed(file))));
  }

  private SpecLoader.Loaded load(ObjectNode spec) {
    return SpecLoader.load(
        List.of(new Overlay(spec.deepCopy(), "the settings of " + output)),
        made.network().descriptor());
  }

  private String placed(String told) {
    return Provenance.fileAt(told, output).text();
  }

  /** A file that the descriptor names is looked for beside the result, too. */
  private static Optional<String> describedWeights(SpecLoader.Loaded noted) {
    return noted.spec().weights().equals("auto") && !noted.descriptor().isEmpty()
        ? noted.network().weights().stream()
            .map(Release::uri)
            .findFirst()
            .filter(uri -> !WeightsStore.isAddress(uri) && !uri.startsWith("resource:"))
        : Optional.empty();
  }

  /** All that it reads and does because of its note, before anything of it is opened. */
  public List<ExternalRef> needs(SpecLoader.Loaded settings, UserGrants given) {
    List<ExternalRef> all = new ArrayList<>();
    if (given.input().isPresent() || !made.source().isMade()) {
      String source = given.input().orElseGet(() -> made.sourceAt(output).text());
      all.add(new ExternalRef(ExternalRef.Act.READ, ExternalRef.SOURCE, source));
    }
    all.addAll(ExternalRefs.of(settings, new WeightsStore(CacheFolder.path())));
    return all;
  }

  /**
   * Refuses needs that a note may not have, and masks and guides that are not there.
   *
   * @throws UserException that says what to do
   */
  public void require(List<ExternalRef> needs, SpecLoader.Loaded settings, UserGrants given) {
    try {
      new NotePermission(output, given).require(needs);
      for (String file : settings.spec().files()) {
        Location place = Location.of(file);
        if (!FramePattern.isPattern(place.name()) && Storage.of(place).find(place).isEmpty()) {
          throw UserException.environment(
              "%s, with which %s was made, is not there; give it with --file '%s=FILE'"
                  .formatted(place, output, place.name()));
        }
      }
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  /**
   * Refuses weights and other files that are not those it was made with.
   *
   * @throws UserException that says what to do
   */
  public void requireFiles(ResolvedSpec recipe) {
    if (!recipe.weightsSha256().equals(made.network().sha256())) {
      throw UserException.environment(
          "the weights %s have the SHA-256 %s, but %s was made with %s; name that file with --weights"
              .formatted(
                  recipe.weights(), recipe.weightsSha256(), output, made.network().sha256()));
    }
    recipe
        .files()
        .forEach(
            (file, hash) -> {
              if (!made.files().containsValue(hash)) {
                throw UserException.environment(
                    "%s has changed since %s was made with it; put the old file there, or give it with --file"
                        .formatted(file, output));
              }
            });
  }

  /**
   * Finds what was dreamed.
   *
   * @param input where it is now; empty for where it was
   * @throws UserException if it is not there, or has changed
   */
  public String source(Optional<String> input, PipelineSpec spec) {
    if (made.source().isMade() && input.isEmpty()) {
      return made.source().address();
    }
    Location place = input.map(Location::of).orElseGet(() -> made.sourceAt(output));
    if (place.equals(output)) {
      // The result itself knows no more of it than its name.
      throw UserException.environment(
          "the source of %s, of the same name, is elsewhere; name it with --input"
              .formatted(output));
    }
    try {
      SourceInfo now = SourceInfo.of(place, files(place, spec), output);
      if (!now.isSame(made.source())) {
        throw UserException.environment(
            "%s is not what %s was made of (%s), or has changed since; name the right file with --input"
                .formatted(place, output, content(made.source())));
      }
      return place.text();
    } catch (IOException e) {
      throw Failure.environment(e);
    }
  }

  private static String content(SourceInfo source) {
    String hash = source.sha256().isEmpty() ? "" : ", SHA-256 " + source.sha256();
    return "%d bytes%s".formatted(source.bytes(), hash);
  }

  private List<Entry> files(Location place, PipelineSpec spec) throws IOException {
    Optional<Entry> file = Storage.of(place).find(place);
    if (file.isPresent()) {
      return List.of(file.get());
    }
    if (FramePattern.isPattern(place.name())) {
      return InputVideo.of(place.text(), spec).files();
    }
    throw UserException.environment(
        "the source of %s is not at %s; name it with --input".formatted(output, place));
  }

  /** What may give other frames here, a sentence each. */
  public List<String> warnings(ResolvedSpec recipe, Device device) {
    List<String> all = new ArrayList<>();
    for (String difference : made.differences(MachineInfo.here(device.here()))) {
      all.add("%s was made %s; frames may differ".formatted(output, difference));
    }
    if (!recipe.id().equals(made.id())) {
      all.add(
          "the settings of %s now have the id %s instead of %s; frames may differ"
              .formatted(output, recipe.id(), made.id()));
    }
    return all;
  }

  /**
   * Where it goes: beside the result, with {@code -again} in its name, if the user does not say.
   *
   * @throws UserException if the two could not be compared there: over the result, in another form,
   *     or where something is that is to be kept
   */
  public Location target(Optional<String> wish, boolean overwrite) {
    Location target = wish.map(Location::of).orElseGet(this::again);
    String extension = extension(made.output());
    if (!extension(target.name()).equalsIgnoreCase(extension)) {
      throw UserException.usage(
          "%s was made as %s; name a file that ends in %s, not %s"
              .formatted(output, made.output(), extension, target));
    }
    if (target.absolute().equals(output.absolute())) {
      throw UserException.usage(
          "%s is what the rerun is compared with; name another file".formatted(output));
    }
    try {
      if (!overwrite && FrameComparison.isThere(target)) {
        throw UserException.usage(
            "%s is there already; name another file, or make it anew with --overwrite"
                .formatted(target));
      }
    } catch (IOException e) {
      throw Failure.environment(e);
    }
    return target;
  }

  private Location again() {
    String extension = extension(output.name());
    String stem = output.name().substring(0, output.name().length() - extension.length());
    return output.sibling(stem + "-again" + extension);
  }

  private static String extension(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }

  /** Runs the job that made it. */
  public List<Outcome> run(
      JavaSparkContext spark,
      ResolvedSpec recipe,
      RunOptions options,
      String input,
      String target) {
    return switch (made.command()) {
      case "images" -> new ImagesJob(spark, recipe, options).run(List.of(input), target);
      case "video" -> new VideoJob(spark, recipe, options).run(List.of(input), target);
      case "zoom" -> new ZoomJob(spark, recipe, options).run(List.of(input), target);
      default ->
          throw UserException.environment(
              "%s was made by `reverie %s`, which this version cannot run again"
                  .formatted(output, made.command()));
    };
  }
}
