package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes that ship with Reverie. */
class RecipesTest {

  static Stream<Recipe> all() {
    return Recipe.names().stream().map(Recipe::of);
  }

  @Test
  void thereAreAtLeastADozen() {
    assertThat(Recipe.names()).hasSizeGreaterThanOrEqualTo(12).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsSettingsAreValidAndDifferFromTheDefaults(Recipe recipe) {
    List<Overlay> overlays = new ArrayList<>(List.of(recipe.overlay()));
    if (recipe.name().equals("guided")) {
      overlays.add(Overlay.ofAssignment("layers=[{guide: flowers.jpg}]"));
    }
    PipelineSpec spec = SpecLoader.load(overlays).spec();
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
