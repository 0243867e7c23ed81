package io.reverie.temporal.carry;

import static io.reverie.temporal.carry.ShotScenes.NETWORK;
import static io.reverie.temporal.carry.ShotScenes.SIZE;
import static io.reverie.temporal.carry.ShotScenes.dreamed;
import static io.reverie.temporal.carry.ShotScenes.moving;
import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.temporal.carry.ShotDreamer.Dreamed;
import io.reverie.video.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResumedShotTest {

  @ParameterizedTest
  @CsvSource({"CARRY, -1", "CARRY, 3", "BLEND, -1", "NONE, -1"})
  void aShotResumesFromAWrittenStateWithIdenticalFrames(TemporalMode mode, int flash)
      throws IOException {
    ShotSetup setup = ShotSetup.of(mode);
    List<Frame> frames = moving(7);
    List<Dreamed> whole = dreamed(setup, frames, flash);
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    try (Shot first = setup.shot(SIZE)) {
      for (int i = 0; i < 4; i++) {
        first.push(frames.get(i), i == flash, TestPictures.WHOLE, setup.frame(NETWORK));
      }
      first.finish();
      first.state().write(new DataOutputStream(kept));
    }
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(kept.toByteArray()));
    try (Shot second = setup.shot(SIZE)) {
      second.resume(ShotState.read(in, SIZE));
      assertThat(in.read()).isEqualTo(-1);
      assertSame(dreamed(second, i -> setup, frames.subList(4, 7)), whole.subList(4, 7));
    }
  }

  @Test
  void aScheduledStepResumes() {
    assertResumes(i -> ShotSetup.carry().withStep(1 + i));
  }

  @Test
  void aScheduledCameraResumes() {
    assertResumes(i -> ShotSetup.carry().withCamera(1 + i / 50.0, i, 0));
  }

  @Test
  void aFadeBetweenLayersResumes() {
    assertResumes(i -> ShotSetup.carry().withLayers(1 - i / 10.0, i / 10.0));
  }

  @Test
  void keyframesAfterAResumeAreTheSame() {
    assertResumes(i -> ShotSetup.carry().every(4));
    assertResumes(i -> ShotSetup.carry().every(4).withStep(i < 3 ? 1 : 3));
  }

  private static void assertResumes(IntFunction<ShotSetup> setups) {
    List<Frame> frames = moving(9);
    try (Shot first = setups.apply(0).shot(SIZE);
        Shot second = setups.apply(0).shot(SIZE)) {
      dreamed(first, setups, frames.subList(0, 3));
      second.resume(first.state());
      List<Dreamed> whole = dreamed(first, setups, frames.subList(3, 9));
      assertSame(dreamed(second, setups, frames.subList(3, 9)), whole);
    }
  }

  private static void assertSame(List<Dreamed> resumed, List<Dreamed> whole) {
    for (int i = 0; i < whole.size(); i++) {
      assertThat(resumed.get(i).dream().fullStrength().rgb())
          .isEqualTo(whole.get(i).dream().fullStrength().rgb());
      assertThat(resumed.get(i).measures()).isEqualTo(whole.get(i).measures());
    }
  }
}
