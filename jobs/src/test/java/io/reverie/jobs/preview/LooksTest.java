package io.reverie.jobs.preview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.Size;
import io.reverie.core.network.Networks;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Setting;
import io.reverie.jobs.spec.SpecLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Which looks a page has, and what they set. */
class LooksTest {

  private final List<Setting> base = new ArrayList<>();
  private List<String> networks = List.of();
  private List<String> presets = List.of();
  private List<String> recipes = List.of();
  private List<String> layers = List.of();
  private List<Axis> axes = List.of();

  private LookPlan plan() {
    return plan(LooksTest::isEmbedded);
  }

  private LookPlan plan(Predicate<SpecLoader.Loaded> hasWeights) {
    PreviewRequest request =
        new PreviewRequest(
            "a.jpg", "", base, networks, presets, recipes, layers, axes, 480, 3, false);
    return new LookPlanner(request, false, hasWeights).plan();
  }

  private static boolean isEmbedded(SpecLoader.Loaded loaded) {
    return loaded.spec().network().equals("embedded");
  }

  private static List<String> names(LookPlan plan) {
    return plan.looks().stream().map(Look::name).toList();
  }

  @Test
  void withoutAChoiceTwelveDifferentLooksShowWithWhatIsHere() {
    LookPlan plan = plan();
    assertThat(plan.looks()).hasSize(12);
    assertThat(plan.looks()).allMatch(look -> isEmbedded(look.load()));
    assertThat(plan.looks().stream().map(look -> look.load().spec().withoutPreset()))
        .doesNotHaveDuplicates();
    assertThat(names(plan)).doesNotHaveDuplicates().startsWith("embedded, default");
    assertThat(plan.notes())
        .singleElement()
        .asString()
        .startsWith(
            "left out 6 looks of bvlc_googlenet, googlenet_places205, squeezenet1_0, whose weights are not on this machine; ");
  }

  @Test
  void withMoreNetworksHereTheSuggestionsMixThem() {
    LookPlan plan = plan(loaded -> true);
    assertThat(plan.looks()).hasSize(12);
    assertThat(names(plan)).contains("fever", "bird-dog", "embedded, default");
    assertThat(plan.notes()).isEmpty();
  }

  @Test
  void allPresetsAreThoseOfTheNetwork() {
    presets = List.of("all");
    assertThat(names(plan()))
        .containsExactlyInAnyOrderElementsOf(Networks.descriptor("embedded").presets().keySet());
  }

  @Test
  void layersAreTheGoodOnesOrThoseNamed() {
    layers = List.of("all");
    assertThat(names(plan())).isEqualTo(Networks.descriptor("embedded").goodLayers());
    layers = List.of("conv2.1", "conv5.1");
    assertThat(plan().looks().stream().map(look -> look.load().spec().layers().get(0).layer()))
        .containsExactly("conv2.1", "conv5.1");
  }

  @Test
  void everyNetworkHasARowOfItsOwn() {
    networks = List.of("embedded", "squeezenet1_0");
    layers = List.of("all");
    assertThat(plan(loaded -> true).rows())
        .extracting(LookPlan.Row::title)
        .containsExactly("Layers of embedded", "Layers of squeezenet1_0");
  }

  @Test
  void twoAxesMakeARowForEachValueOfTheFirst() {
    axes = List.of(Axis.of("octaves.count=3,5"), Axis.of("step=1, 2,4"));
    LookPlan plan = plan();
    assertThat(plan.rows()).hasSize(2).allMatch(LookPlan.Row::ordered);
    assertThat(names(plan))
        .startsWith("octaves.count = 3, step = 1", "octaves.count = 3, step = 2");
    PipelineSpec last = plan.looks().get(5).load().spec();
    assertThat(last.octaves().count()).isEqualTo(5);
    assertThat(last.step()).isEqualTo(4);
  }

  @Test
  void anAxisCrossesEveryLook() {
    presets = List.of("eyes", "petals");
    axes = List.of(Axis.of("seed=1,2,3"));
    assertThat(plan().rows()).extracting(LookPlan.Row::title).containsExactly("eyes", "petals");
    assertThat(plan().looks()).hasSize(6);
    assertThat(names(plan())).contains("petals, seed = 3");
  }

  @Test
  void aCommaInBracketsBelongsToTheValue() {
    assertThat(Axis.of("layers=[{layer: a, weight: 2}],[{layer: \"b,c\"}], x").values())
        .containsExactly("[{layer: a, weight: 2}]", "[{layer: \"b,c\"}]", "x");
    for (String wrong : List.of("step", "=1", "step=", "step=1,,2")) {
      assertThatThrownBy(() -> Axis.of(wrong))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--vary '" + wrong);
    }
  }

  @Test
  void aWrongNameIsRefusedBeforeAnyWork() {
    presets = List.of("nosuch");
    assertThatThrownBy(this::plan).hasMessageContaining("has no preset 'nosuch'");
    presets = List.of();
    axes = List.of(Axis.of("stepp=1"));
    assertThatThrownBy(this::plan).hasMessageContaining("stepp");
    axes = List.of(Axis.of("step=1,-1"));
    assertThatThrownBy(this::plan).isInstanceOf(RuntimeException.class);
  }

  @Test
  void recipesThatNeedSomethingElseAreNamedWithTheReason() {
    recipes = List.of("all");
    LookPlan plan = plan();
    assertThat(names(plan)).contains("eyes", "engraving").doesNotContain("deepdraw", "pulse");
    assertThat(plan.notes())
        .anyMatch(note -> note.startsWith("the recipe pulse is left out: it follows the sound"))
        .anyMatch(
            note ->
                note.startsWith("the recipe infinite-zoom is left out: it is for `reverie zoom"))
        .anyMatch(note -> note.startsWith("the recipe guided is left out: "));
  }

  @Test
  void theYamlOfALookGivesTheSameSettings() {
    base.add(Setting.assignment("octaves={count: 2}"));
    base.add(Setting.assignment("decay=0.02"));
    presets = List.of("all");
    recipes = List.of("engraving", "rainbow", "fever");
    axes = List.of(Axis.of("smoothing={weight: 1},{weight: 2, sigma: 3}"));
    for (Look look : plan(loaded -> true).looks()) {
      SpecLoader.Loaded again =
          SpecLoader.load(List.of(io.reverie.jobs.spec.Overlay.ofYaml(look.yaml(), "a look")));
      assertThat(again.spec()).as(look.name()).isEqualTo(look.load().spec());
    }
  }

  @Test
  void aSmallerPreviewKeepsTheStepsAndShrinksTheDream() {
    PipelineSpec spec = SpecLoader.load(List.of()).spec();
    assertThat(PreviewSize.of(new Size(4000, 3000), spec, 480))
        .isEqualTo(new PreviewSize(new Size(480, 360), new Size(480, 360), true));
    assertThat(PreviewSize.of(new Size(300, 200), spec, 480))
        .isEqualTo(new PreviewSize(new Size(300, 200), new Size(300, 200), false));
    PipelineSpec small =
        SpecLoader.load(List.of(Setting.assignment("dreamSize=240x").overlay())).spec();
    assertThat(PreviewSize.of(new Size(4000, 3000), small, 480))
        .isEqualTo(new PreviewSize(new Size(480, 360), new Size(240, 180), false));
  }

  @Test
  void wordsSurviveAShell() {
    assertThat(ShellWords.line(List.of("--set", "step=2", "my photo's.jpg", "a\u202eb\n")))
        .isEqualTo("--set step=2 'my photo'\\''s.jpg' $'a\\xe2\\x80\\xaeb\\x0a'");
  }
}
