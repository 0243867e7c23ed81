package io.reverie.jobs.preview;

import static io.reverie.jobs.preview.PreviewRequest.ALL;

import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.text.Count;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.preview.LookPlan.Row;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.Setting;
import io.reverie.jobs.spec.SpecLoader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Chooses the looks of a page. */
final class LookPlanner {

  /** Looks of a page for which the user chose nothing: three rows of four. */
  private static final int SUGGESTED = 12;

  private final PreviewRequest request;
  private final boolean video;
  private final Predicate<SpecLoader.Loaded> hasWeights;

  /** Number of looks left out because their weights are missing, by network. */
  private final Map<String, Integer> withoutWeights = new LinkedHashMap<>();

  private final Set<String> notes = new LinkedHashSet<>();

  /**
   * Prepares a plan.
   *
   * @param video whether the input is a video
   * @param hasWeights whether the weights of a spec are here, without a download
   */
  LookPlanner(PreviewRequest request, boolean video, Predicate<SpecLoader.Loaded> hasWeights) {
    this.request = request;
    this.video = video;
    this.hasWeights = hasWeights;
  }

  /**
   * Plans the page.
   *
   * @throws UserException for names that do not exist, or if nothing is left
   */
  LookPlan plan() {
    List<Row> rows = request.choosesLooks() ? chosen() : plain();
    List<Row> all = varied(rows);
    if (!withoutWeights.isEmpty()) {
      notes.add(leftOut());
    }
    if (all.stream().allMatch(row -> row.looks().isEmpty())) {
      throw UserException.environment(
          "there is nothing to preview" + (notes.isEmpty() ? "" : ": " + String.join("; ", notes)));
    }
    List<Row> filled = all.stream().filter(row -> !row.looks().isEmpty()).toList();
    return new LookPlan(filled, List.copyOf(notes));
  }

  private String leftOut() {
    int looks = withoutWeights.values().stream().mapToInt(Integer::intValue).sum();
    return "left out %s of %s, whose weights are not on this machine; `reverie %s --network %s IN OUT` downloads them or explains how, or name a file with --weights"
        .formatted(
            Count.of(looks, "look"),
            String.join(", ", withoutWeights.keySet()),
            video ? "video" : "images",
            withoutWeights.size() == 1 ? withoutWeights.keySet().iterator().next() : "NAME");
  }

  /** Rows of what the user listed. */
  private List<Row> chosen() {
    List<Row> rows = new ArrayList<>();
    for (Look network : networks()) {
      NetworkDescriptor descriptor = network.load().network();
      if (!request.presets().isEmpty()) {
        rows.add(row("Presets of " + descriptor.name(), presets(network, descriptor)));
      }
      if (!request.layers().isEmpty()) {
        rows.add(row("Layers of " + descriptor.name(), layers(network, descriptor)));
      }
    }
    if (!request.recipes().isEmpty()) {
      rows.add(row("Recipes", recipes()));
    }
    return rows;
  }

  private static Row row(String title, List<Look> looks) {
    return new Row(title, false, looks);
  }

  /** A row of each network's own settings, or of suggestions. */
  private List<Row> plain() {
    boolean suggests = request.axes().isEmpty() && request.networks().size() < 2;
    return List.of(row("", suggests ? suggested() : ready(networks())));
  }

  /** The settings that all looks share, for each network. */
  private List<Look> networks() {
    if (request.networks().isEmpty()) {
      Look base = new Look("", "", request.base());
      return List.of(base.named(base.load().network().name()));
    }
    return request.networks().stream()
        .map(
            name -> {
              Look look =
                  new Look("", "", request.base())
                      .with(Setting.option("--network", "network", name));
              return look.named(look.load().network().name());
            })
        .toList();
  }

  private List<Look> presets(Look network, NetworkDescriptor descriptor) {
    boolean all = request.presets().equals(List.of(ALL));
    return ready(
        (all ? List.copyOf(new TreeSet<>(descriptor.presets().keySet())) : request.presets())
            .stream()
                .map(name -> network.named(name).with(Setting.option("--preset", "preset", name)))
                .toList());
  }

  private List<Look> layers(Look network, NetworkDescriptor descriptor) {
    boolean all = request.layers().equals(List.of(ALL));
    return ready(
        (all ? descriptor.goodLayers() : request.layers())
            .stream().map(name -> network.named(name).with(Setting.layer(name))).toList());
  }

  private List<Look> recipes() {
    if (!request.recipes().equals(List.of(ALL))) {
      return ready(request.recipes().stream().map(Recipe::of).map(this::recipe).toList());
    }
    List<Look> looks = new ArrayList<>();
    for (String name : Recipe.names()) {
      Recipe recipe = Recipe.of(name);
      Optional<String> unfit = unfit(recipe);
      unfit.ifPresent(why -> notes.add("the recipe %s is left out: %s".formatted(name, why)));
      if (unfit.isEmpty()) {
        looks.add(recipe(recipe));
      }
    }
    return ready(looks);
  }

  /** A recipe names its network if it needs one; others use the first that the user names. */
  private Look recipe(Recipe recipe) {
    Look look = new Look(recipe.name(), recipe.title(), request.base());
    boolean free = !recipe.overlay().tree().has("network") && !request.networks().isEmpty();
    Look own = look.with(Setting.recipe(recipe));
    return free ? own.with(Setting.option("--network", "network", request.networks().get(0))) : own;
  }

  /** Returns why a recipe cannot be previewed on this input; usually empty. */
  private Optional<String> unfit(Recipe recipe) {
    if (!recipe.example().matches("reverie (images|video) .*")) {
      return Optional.of("it is for `%s`".formatted(recipe.example().replaceAll(" --?.*", "")));
    }
    try {
      PipelineSpec spec = recipe(recipe).load().spec();
      return video || spec.schedule().audioKeys().isEmpty()
          ? Optional.empty()
          : Optional.of("it follows the sound of a video");
    } catch (UserException e) {
      return Optional.of(e.getMessage());
    }
  }

  /** The network's own settings, then what differs most from them. */
  private List<Look> suggested() {
    Look base = networks().get(0);
    SpecLoader.Loaded own = base.load();
    List<Look> others = new ArrayList<>();
    List<Look> recipes = new ArrayList<>();
    for (String name : Recipe.names()) {
      Recipe recipe = Recipe.of(name);
      if (unfit(recipe).isEmpty() && !recipe.overlay().tree().has("size")) {
        Look look = recipe(recipe);
        boolean same = look.load().network().name().equals(own.network().name());
        (same ? recipes : others).add(look);
      }
    }
    List<Look> all = new ArrayList<>(List.of(base.named(base.name() + ", default")));
    all.addAll(others);
    new TreeSet<>(own.network().presets().keySet())
        .forEach(
            name -> all.add(base.named(name).with(Setting.option("--preset", "preset", name))));
    all.addAll(recipes);
    own.network().goodLayers().forEach(name -> all.add(base.named(name).with(Setting.layer(name))));
    return distinct(ready(all)).stream().limit(SUGGESTED).toList();
  }

  /** Leaves out looks that differ in name only. */
  private static List<Look> distinct(List<Look> looks) {
    Map<PipelineSpec, Look> bySpec = new LinkedHashMap<>();
    looks.forEach(look -> bySpec.putIfAbsent(look.load().spec().withoutPreset(), look));
    return List.copyOf(bySpec.values());
  }

  /** Leaves out looks whose weights are not here, and counts them. */
  private List<Look> ready(List<Look> looks) {
    List<Look> ready = new ArrayList<>();
    for (Look look : looks) {
      SpecLoader.Loaded loaded = look.load();
      if (hasWeights.test(loaded)) {
        ready.add(look);
      } else {
        withoutWeights.merge(loaded.spec().network(), 1, Integer::sum);
      }
    }
    return ready;
  }

  /** Crosses looks with the axes: a row for each look, or for each value of the first axis. */
  private List<Row> varied(List<Row> rows) {
    if (request.axes().isEmpty()) {
      return rows;
    }
    List<Look> looks = rows.stream().flatMap(row -> row.looks().stream()).toList();
    List<Row> all = new ArrayList<>();
    for (Look look : looks) {
      // A name that all share tells nothing.
      all.addAll(varied(looks.size() == 1 ? look.named("") : look));
    }
    return all;
  }

  private List<Row> varied(Look look) {
    Axis across = request.axes().get(request.axes().size() - 1);
    if (request.axes().size() == 1) {
      return List.of(new Row(look.name(), true, along(look, across)));
    }
    Axis down = request.axes().get(0);
    return along(look, down).stream()
        .map(at -> new Row(at.name(), true, along(at, across)))
        .toList();
  }

  private static List<Look> along(Look look, Axis axis) {
    return axis.values().stream()
        .map(
            value -> {
              String prefix = look.name().isEmpty() ? "" : look.name() + ", ";
              Look at = look.with(axis.at(value)).named(prefix + axis.name(value));
              // Names a wrong value before any work.
              at.load();
              return at;
            })
        .toList();
  }
}
