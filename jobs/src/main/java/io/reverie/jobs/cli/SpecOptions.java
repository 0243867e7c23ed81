package io.reverie.jobs.cli;

import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.spec.SpecLoader.Overlay;
import io.reverie.jobs.trust.ExternalRef;
import io.reverie.jobs.trust.ExternalRefs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what to dream. Those of one letter less are --set with a shorter name. */
final class SpecOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  private boolean told;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description = "Settings that Reverie brings; `reverie recipes` lists them.")
  private Optional<String> recipe = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML, with the keys of `reverie spec`.")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "One setting, such as octaves.count=3; may be repeated.")
  private List<String> assignments = new ArrayList<>();

  @Mixin private NetworkOptions network;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "A named setting of the network, such as creatures.")
  private Optional<String> preset = Optional.empty();

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      split = ",",
      description = "The layer to grow, or several, comma-separated.")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = "--objective",
      paramLabel = "WORD",
      description = "l2, mean, neuron, class or guide.")
  private Optional<String> objective = Optional.empty();

  @Option(
      names = "--channels",
      paramLabel = "WHICH",
      description = "Of the layer: 3,17,42, or 'strongest 5', or 'weakest 5'.")
  private Optional<String> channels = Optional.empty();

  @Option(
      names = "--class",
      paramLabel = "NAME",
      split = ",(?! )",
      splitSynopsisLabel = ",",
      description = "A class of the network to grow, or several, comma-separated without spaces.")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--guide",
      paramLabel = "PICTURE",
      description = "Grow what the layer sees in another picture.")
  private Optional<String> guide = Optional.empty();

  @Option(
      names = "--colours",
      paramLabel = "WORD",
      description = "Which may change: all, luma or chroma.")
  private Optional<String> colours = Optional.empty();

  @Option(names = "--octaves", paramLabel = "N", description = "How many sizes to dream at.")
  private Optional<String> octaves = Optional.empty();

  @Option(names = "--iterations", paramLabel = "N", description = "Steps at each size.")
  private Optional<String> iterations = Optional.empty();

  @Option(
      names = "--step",
      paramLabel = "LEVELS",
      description = "The mean change of a step, in grey levels.")
  private Optional<String> step = Optional.empty();

  @Option(
      names = "--strength",
      paramLabel = "X",
      description = "How much of the dream to mix in; 0 gives the source back.")
  private Optional<String> strength = Optional.empty();

  @Option(names = "--seed", paramLabel = "N", description = "Of all random draws.")
  private Optional<String> seed = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "Scale dream and output; 640x or x360 keeps the ratio.")
  private Optional<String> size = Optional.empty();

  @Option(
      names = "--dream-size",
      paramLabel = "WxH",
      description = "Dream at this size and add the result, enlarged, to the full picture.")
  private Optional<String> dreamSize = Optional.empty();

  /**
   * The settings, with further ones of a command's own.
   *
   * @param further {@code a.b=value}, over all others
   */
  SpecLoader.Loaded load(List<String> further) {
    return load(further, Optional.empty());
  }

  /**
   * The same for a command that has a recipe of its own.
   *
   * @param usual taken where the user names none
   */
  SpecLoader.Loaded load(List<String> further, Optional<String> usual) {
    List<String> all = new ArrayList<>();
    network.addTo(all);
    add(all, "preset", preset);
    add(all, "octaves.count", octaves);
    add(all, "iterations", iterations);
    add(all, "step", step);
    add(all, "strength", strength);
    add(all, "seed", seed);
    add(all, "size", size);
    add(all, "dreamSize", dreamSize);
    add(all, "objective", objective);
    add(all, "colours", colours);
    List<String> terms = terms();
    if (!terms.isEmpty()) {
      all.add("layers=" + terms);
    }
    all.addAll(further);
    all.addAll(assignments);
    List<Overlay> overlays = new ArrayList<>();
    recipe.or(() -> usual).map(Recipe::of).map(Recipe::overlay).ifPresent(overlays::add);
    config.map(Overlay::of).ifPresent(overlays::add);
    SpecLoader.Loaded loaded = SpecLoader.load(overlays, all);
    config.ifPresent(file -> tell(file, loaded));
    return loaded;
  }

  /** Settings may be somebody else's: what they name is told before it is opened. */
  private void tell(Path file, SpecLoader.Loaded loaded) {
    if (told) {
      return;
    }
    told = true;
    List<ExternalRef> needs = new ArrayList<>();
    if (loaded.isFromFile()) {
      needs.add(new ExternalRef(ExternalRef.Act.READ, "the network", loaded.spec().network()));
    }
    needs.addAll(ExternalRefs.of(loaded, new WeightsStore(CacheFolder.path())));
    ExternalRefs.print(
        "this run, with the settings of %s,".formatted(file),
        needs,
        command.commandLine().getErr());
  }

  /** Whether an option says what is to grow. */
  boolean sayWhatGrows() {
    return !terms().isEmpty();
  }

  /** What is to grow, in YAML; empty if no option says it. */
  private List<String> terms() {
    List<String> terms = new ArrayList<>();
    String which = channels.map(c -> ", channels: " + channels(c)).orElse("");
    String seen = guide.map(g -> ", objective: guide, guide: " + quoted(g)).orElse("");
    for (String layer : layers) {
      terms.add("{layer: %s%s%s}".formatted(quoted(layer.strip()), which, seen));
    }
    if (layers.isEmpty() && !(which + seen).isEmpty()) {
      terms.add("{" + (which + seen).substring(2) + "}");
    }
    for (String name : classes) {
      terms.add("{objective: class, class: %s}".formatted(quoted(name.strip())));
    }
    return terms;
  }

  private static String channels(String which) {
    return which.matches("[0-9, ]+") ? "[" + which + "]" : quoted(which);
  }

  static void add(List<String> all, String key, Optional<String> value) {
    value.ifPresent(v -> all.add(key + "=" + quoted(v)));
  }

  /** As a YAML scalar: text that could be taken for something else is quoted. */
  private static String quoted(String value) {
    return value.matches("-?[0-9]+(\\.[0-9]+)?([eE]-?[0-9]+)?")
        ? value
        : "'" + value.replace("'", "''") + "'";
  }
}
