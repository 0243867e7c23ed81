package io.reverie.jobs.cli.option;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.inputs.InputRow;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.Setting;
import io.reverie.jobs.spec.Setting.Rank;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.spec.UserTree;
import io.reverie.jobs.trust.ExternalRef;
import io.reverie.jobs.trust.ExternalRefs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The settings of a command, from all its options. */
public final class SpecOptions {

  private static final List<String> LAYER_OPTIONS =
      List.of("--layer", "--channels", "--class", "--guide");

  private static final String RECIPE =
      "Ready-made settings; `reverie recipes` lists them (default: ";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--recipe",
      paramLabel = "RECIPE",
      completionCandidates = RecipeNames.class,
      description = RECIPE + "none).")
  private Optional<String> recipe = Optional.empty();

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML, in the format of `reverie spec` (default: none).")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Set any key, such as octaves.count=3; repeatable (default: none).")
  private List<String> assignments = new ArrayList<>();

  @Option(
      names = "--layer",
      paramLabel = "NAME",
      split = ",",
      description = "Layers to amplify, separated by commas (default: the network's).")
  private List<String> layers = new ArrayList<>();

  @Option(
      names = "--channels",
      paramLabel = "WHICH",
      description =
          "Channels of the layer: numbers such as 3,17,42, or 'strongest 5' or 'weakest 5' (default: all).")
  private Optional<String> channels = Optional.empty();

  @Option(
      names = "--class",
      paramLabel = "NAME",
      split = ",(?! )",
      splitSynopsisLabel = ",",
      description = "Classes to amplify, separated by commas without spaces (default: none).")
  private List<String> classes = new ArrayList<>();

  @Option(
      names = "--guide",
      paramLabel = "IMAGE",
      description =
          "Amplify the features that the layer finds in this image or video (default: none).")
  private Optional<String> guide = Optional.empty();

  /** Completes the names of recipes. */
  private static final class RecipeNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Recipe.names().iterator();
    }
  }

  /** Shows the recipe that a command uses unless the user names one. */
  public static void showDefaultRecipe(CommandSpec command, String name) {
    OptionSpec option = command.findOption("--recipe");
    command.remove(option);
    command.addOption(OptionSpec.builder(option).description(RECIPE + name + ").").build());
  }

  /** Hides the options that choose layers, where a command refuses them. */
  public static void hideLayers(CommandSpec command) {
    for (String name : LAYER_OPTIONS) {
      OptionSpec shown = command.findOption(name);
      command.remove(shown);
      command.addOption(OptionSpec.builder(shown).hidden(true).build());
    }
  }

  public SpecLoader.Loaded load() {
    return load(List.of(), Optional.empty());
  }

  /**
   * Merges the settings.
   *
   * @param further settings of the command's own options
   * @param defaultRecipe used if the user names none
   */
  public SpecLoader.Loaded load(List<Overlay> further, Optional<String> defaultRecipe) {
    List<Setting> settings = settings(recipe.or(() -> defaultRecipe));
    further.forEach(each -> settings.add(new Setting(Rank.COMMAND, List.of(), each)));
    return checked(SpecLoader.load(Setting.overlays(settings)));
  }

  /** Merges the settings of a row of a list: its own win, and its recipe replaces this one. */
  public SpecLoader.Loaded load(InputRow row) {
    List<Setting> settings = settings(row.recipe().or(() -> recipe));
    settings.add(new Setting(Rank.ROW, List.of(), row.settings()));
    return SpecLoader.load(Setting.overlays(settings));
  }

  private SpecLoader.Loaded checked(SpecLoader.Loaded loaded) {
    config.ifPresent(file -> printExternalRefs(file.toString(), refs(List.of(loaded))));
    return loaded;
  }

  /** The settings one by one, with the words that another command line needs for them. */
  public List<Setting> settings() {
    List<Setting> settings = settings(recipe);
    if (config.isPresent()) {
      checked(SpecLoader.load(Setting.overlays(settings)));
    }
    return settings;
  }

  private List<Setting> settings(Optional<String> chosen) {
    List<Setting> settings = new ArrayList<>();
    chosen.map(Recipe::of).map(Setting::recipe).ifPresent(settings::add);
    config.ifPresent(
        file ->
            settings.add(
                new Setting(
                    Rank.CONFIG, List.of("--config", file.toString()), Overlay.ofFile(file))));
    settings.addAll(KeyOptions.settings(command));
    if (setsLayers()) {
      settings.add(
          new Setting(Rank.LAYER, layerWords(), Overlay.of("layers", layers(), "--layer")));
    }
    assignments.stream().map(Setting::assignment).forEach(settings::add);
    return settings;
  }

  private List<String> layerWords() {
    List<String> words = new ArrayList<>();
    for (String name : LAYER_OPTIONS) {
      OptionSpec option = command.findOption(name);
      for (String value : option.originalStringValues()) {
        words.add(name);
        words.add(value);
      }
    }
    return words;
  }

  /**
   * Lists the files that the rows of a list name.
   *
   * @param own settings of the command line
   */
  public void printExternalRefs(
      String list, SpecLoader.Loaded own, Collection<SpecLoader.Loaded> rows) {
    Map<List<Object>, SpecLoader.Loaded> different = new LinkedHashMap<>();
    for (SpecLoader.Loaded row : rows) {
      PipelineSpec spec = row.spec();
      different.putIfAbsent(List.of(spec.network(), spec.weights(), spec.files()), row);
    }
    Set<ExternalRef> refs = refs(different.values());
    refs.removeAll(refs(List.of(own)));
    printExternalRefs(list, refs);
  }

  private static Set<ExternalRef> refs(Collection<SpecLoader.Loaded> settings) {
    Set<ExternalRef> refs = new LinkedHashSet<>();
    for (SpecLoader.Loaded loaded : settings) {
      if (loaded.isFromFile()) {
        refs.add(
            new ExternalRef(ExternalRef.AccessKind.READ, "the network", loaded.spec().network()));
      }
      refs.addAll(ExternalRefs.of(loaded, new WeightsStore(CacheFolder.path())));
    }
    return refs;
  }

  /** A file of settings may come from somebody else, so the files that it names come first. */
  private void printExternalRefs(String file, Set<ExternalRef> refs) {
    ExternalRefs.print(
        "this run, with the settings of %s,".formatted(file),
        List.copyOf(refs),
        command.commandLine().getErr());
  }

  /** Returns whether an option sets the key {@code layers}. */
  public boolean setsLayers() {
    return !(layers.isEmpty() && classes.isEmpty() && channels.isEmpty() && guide.isEmpty());
  }

  private ArrayNode layers() {
    ArrayNode terms = JsonNodeFactory.instance.arrayNode();
    layers.forEach(layer -> addDetails(terms.addObject().put("layer", layer.strip())));
    if (layers.isEmpty() && (channels.isPresent() || guide.isPresent())) {
      addDetails(terms.addObject());
    }
    classes.forEach(name -> terms.addObject().put("objective", "class").put("class", name.strip()));
    return terms;
  }

  private void addDetails(ObjectNode term) {
    channels.ifPresent(
        which -> {
          if (which.matches("[0-9, ]+")) {
            term.set("channels", UserTree.ofYaml("[" + which + "]", "--channels"));
          } else {
            term.put("channels", which);
          }
        });
    guide.ifPresent(image -> term.put("objective", "guide").put("guide", image));
  }
}
