package io.reverie.jobs.spec;

import static io.reverie.jobs.spec.Setting.Rank.ASSIGNMENT;
import static io.reverie.jobs.spec.Setting.Rank.COMMAND;
import static io.reverie.jobs.spec.Setting.Rank.CONFIG;
import static io.reverie.jobs.spec.Setting.Rank.LAYER;
import static io.reverie.jobs.spec.Setting.Rank.OPTION;
import static io.reverie.jobs.spec.Setting.Rank.RECIPE;
import static io.reverie.jobs.spec.Setting.Rank.ROW;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.spec.Setting.Rank;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettingTest {

  private static Setting step(Rank rank, int value) {
    return new Setting(
        rank, List.of(), Overlay.ofText("step", Integer.toString(value), rank.name() + value));
  }

  @Test
  void aSourceOfHigherRankWinsWhereverItStands() {
    List<Setting> given =
        Stream.of(ROW, COMMAND, RECIPE, ASSIGNMENT, LAYER, CONFIG, OPTION)
            .map(rank -> step(rank, 1))
            .toList();
    assertThat(Setting.overlays(given))
        .extracting(Overlay::origin)
        .containsExactly(
            "RECIPE1", "CONFIG1", "OPTION1", "LAYER1", "COMMAND1", "ASSIGNMENT1", "ROW1");
  }

  @Test
  void theLaterOfTwoAssignmentsWins() {
    List<Overlay> overlays =
        Setting.overlays(List.of(step(ASSIGNMENT, 2), step(OPTION, 1), step(ASSIGNMENT, 3)));
    assertThat(SpecLoader.load(overlays).spec().step()).isEqualTo(3);
  }
}
