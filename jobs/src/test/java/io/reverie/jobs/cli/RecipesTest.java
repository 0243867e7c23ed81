package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The recipes that Reverie brings. */
class RecipesTest {

  static Stream<Recipe> all() {
    return Recipe.names().stream().map(Recipe::of);
  }

  @Test
  void thereIsADozen() {
    assertThat(Recipe.names()).hasSizeGreaterThanOrEqualTo(12).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("all")
  void itsSettingsAreUnderstoodAndDifferFromTheDefaults(Recipe recipe) {
    List<String> guide =
        recipe.name().equals("guided")
            ? List.of("layers=[{guide: flowers.jpg}]")
            : List.<String>of();
    PipelineSpec spec = SpecLoader.load(List.of(recipe.overlay()), guide).spec();
    assertThat(spec).isNotEqualTo(SpecLoader.load(List.of(), List.of()).spec());
  }

  @ParameterizedTest
  @MethodSource("all")
  void itTellsWhatItIsAndACommandThatNamesIt(Recipe recipe) {
    assertThat(recipe.title()).hasSizeBetween(20, 110);
    List<String> words = List.of(recipe.command().split(" "));
    assertThat(words.get(0)).isEqualTo("reverie");
    CommandLineRun.parse(words.subList(1, words.size()));
    boolean usual = words.get(1).equals("draw") && recipe.name().equals("class-drawing");
    assertThat(usual || words.contains(recipe.name())).isTrue();
  }

  @Test
  void aConfigFileAndOptionsLieOverIt() {
    SpecLoader.Overlay eyes = Recipe.of("eyes").overlay();
    SpecLoader.Overlay mine = new SpecLoader.Overlay("step: 9", "mine.yaml");
    assertThat(SpecLoader.load(List.of(eyes, mine), List.of()).spec().step()).isEqualTo(9);
    assertThat(SpecLoader.load(List.of(eyes, mine), List.of("step=1")).spec().step()).isEqualTo(1);
  }

  @Test
  void anUnknownOneIsSaidSo() {
    assertThatThrownBy(() -> Recipe.of("unicorns"))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("there is no recipe 'unicorns'; there are classic-2015,");
  }

  @Test
  void theListShowsThemAndOneIsPrinted() {
    CommandLineRun list = CommandLineRun.of("recipes");
    assertThat(list.code()).isZero();
    assertThat(list.out()).contains("bird-dog ", "Google's first dreams");
    assertThat(CommandLineRun.of("recipes", "eyes").out()).isEqualTo(Recipe.of("eyes").yaml());
  }
}
