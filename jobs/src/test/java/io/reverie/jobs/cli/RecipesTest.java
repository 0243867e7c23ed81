package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.reverie.core.Size;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Ramp;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.descriptor.Preprocessing.Order;
import io.reverie.core.network.graph.Layer;
import io.reverie.core.objective.ClassLogit;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.ObjectiveSpec;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes that ship with Reverie. */
class RecipesTest {

  static Stream<Recipe> all() {
    return Recipe.names().stream().map(Recipe::of);
  }

  private static SpecLoader.Loaded loaded(Recipe recipe) {
    List<Overlay> overlays = new ArrayList<>(List.of(recipe.overlay()));
    if (recipe.name().equals("guided")) {
      overlays.add(Overlay.ofAssignment("layers=[{guide: flowers.jpg}]"));
    }
    return SpecLoader.load(overlays);
  }

  @Test
  void thereAreAtLeastADozen() {
    assertThat(Recipe.names()).hasSizeGreaterThanOrEqualTo(12).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsSettingsAreValidAndDifferFromTheDefaults(Recipe recipe) {
    PipelineSpec spec = loaded(recipe).spec();
    assertThat(spec).isNotEqualTo(SpecLoader.load(List.of()).spec());
  }

  @ParameterizedTest
  @MethodSource("all")
  void itHasATitleAndAnExampleThatNamesIt(Recipe recipe) {
    assertThat(recipe.title()).hasSizeBetween(20, 110);
    List<String> words = List.of(recipe.example().split(" "));
    assertThat(words.get(0)).isEqualTo("reverie");
    CommandLineRun.parse(words.subList(1, words.size()));
    boolean usual = words.get(1).equals("draw") && recipe.name().equals("class-drawing");
    assertThat(usual || words.contains(recipe.name())).isTrue();
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsLayersAreThoseOfItsNetwork(Recipe recipe) {
    SpecLoader.Loaded loaded = loaded(recipe);
    List<String> known =
        loaded.network().layers(new Size(224, 224)).stream().map(Layer::name).toList();
    assertThat(loaded.spec().objectives())
        .filteredOn(objective -> objective.layer() != null)
        .extracting(ObjectiveSpec::layer)
        .isSubsetOf(known);
  }

  /** As {@code dream.ipynb} of google/deepdream has them. */
  @Test
  void googlesNumbersAreThoseOfTheNotebook() {
    PipelineSpec spec = SpecLoader.load(List.of(Recipe.of("google-2015").overlay())).spec();
    assertThat(spec.network()).isEqualTo("bvlc_googlenet");
    assertThat(spec.layers().get(0).layer()).isEqualTo("inception_4c/output");
    assertThat(spec.preprocessing().over(Preprocessing.TORCHVISION))
        .isEqualTo(
            new Preprocessing(Order.BGR, 1, List.of(104.0, 116.0, 122.0), List.of(1.0, 1.0, 1.0)));
    assertThat(spec.octaves().count()).isEqualTo(4);
    assertThat(spec.octaves().scale()).isEqualTo(1.4);
    assertThat(spec.iterations()).isEqualTo(10);
    assertThat(spec.step()).isEqualTo(1.5);
    assertThat(spec.jitter()).isEqualTo(32);
  }

  /** As in {@code deepdraw.ipynb} of auduno/deepdraw; 0.936 is 0.78 * 1.2. */
  @Test
  void deepdrawsScheduleIsThatOfTheNotebook() {
    PipelineSpec spec =
        SpecLoader.load(List.of(Recipe.of("deepdraw").overlay())).spec().withClass("goldfish");
    DreamSpec dream =
        spec.dream(
            each ->
                new ClassLogit(
                    each.layer() == null ? "loss3/classifier" : each.layer(), Map.of(1, 1.0), 1));
    assertThat(dream.octaves().sizes(new Size(323, 323), 64))
        .containsExactly(
            new Size(224, 224), new Size(269, 269), new Size(323, 323), new Size(323, 323));
    assertThat(dream.octaveSpecs(4))
        .extracting(
            each -> each.objectives().get(0).layer(),
            OctaveSpec::iterations,
            OctaveSpec::step,
            OctaveSpec::blur)
        .containsExactly(
            tuple("loss3/classifier", 190, new Ramp(11, 11), new Ramp(2.5, 0.78)),
            tuple("loss3/classifier", 150, new Ramp(6, 6), new Ramp(0.936, 0.78)),
            tuple("loss2/classifier", 150, new Ramp(6, 3), new Ramp(0.936, 0.44)),
            tuple("loss1/classifier", 10, new Ramp(3, 3), new Ramp(0.44, 0.304)));
    assertThat(spec.objectives())
        .extracting(each -> each.classes().shares())
        .containsOnly(Map.of("goldfish", 1.0));
  }

  @Test
  void aConfigFileAndOptionsTakePrecedence() {
    Overlay eyes = Recipe.of("eyes").overlay();
    Overlay mine = Overlay.ofYaml("step: 9", "mine.yaml");
    Overlay option = Overlay.ofOption("--step", "step", "1");
    assertThat(SpecLoader.load(List.of(eyes, mine)).spec().step()).isEqualTo(9);
    assertThat(SpecLoader.load(List.of(eyes, mine, option)).spec().step()).isEqualTo(1);
  }

  @Test
  void anUnknownRecipeIsAnError() {
    assertThatThrownBy(() -> Recipe.of("unicorns"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("no recipe 'unicorns'; choose one of classic-2015,");
  }

  @Test
  void recipesAreListedAndPrinted() {
    CommandLineRun list = CommandLineRun.of("recipes");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("bird-dog ", "Google's original DeepDream");
    assertThat(CommandLineRun.of("recipes", "eyes").out()).isEqualTo(Recipe.of("eyes").yaml());
  }
}
