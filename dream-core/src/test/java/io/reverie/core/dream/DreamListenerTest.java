package io.reverie.core.dream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.DreamListener.Progress;
import io.reverie.core.objective.ChannelSelector;
import io.reverie.core.objective.L2;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Progress and cancellation. */
class DreamListenerTest {

  private static final Image PHOTO = Noise.image(new Size(32, 24), 128, 40, 1);

  @RegisterExtension private static final SmallNetwork SMALL = new SmallNetwork();

  @Test
  void aListenerSeesEveryStepOfEveryOctaveInOrder() {
    List<Progress> seen = new ArrayList<>();
    dreamer().withListener(seen::add).dream(PHOTO);
    assertThat(seen).extracting(Progress::octave).containsExactly(1, 1, 1, 2, 2, 2);
    assertThat(seen).extracting(Progress::iteration).containsExactly(1, 2, 3, 1, 2, 3);
    assertThat(seen).allMatch(step -> step.octaves() == 2 && step.iterations() == 3);
    assertThat(seen.get(0).size()).isEqualTo(new Size(16, 12));
    assertThat(seen.get(5).size()).isEqualTo(new Size(32, 24));
  }

  @Test
  void theFinishedShareCountsPixels() {
    List<Progress> seen = new ArrayList<>();
    dreamer().withListener(seen::add).dream(PHOTO);
    assertThat(seen.get(2).done()).isCloseTo(0.2, within(1e-9));
    assertThat(seen.get(5).done()).isCloseTo(1, within(1e-9));
  }

  @Test
  void aListenerChangesNoPixel() {
    float[] plain = dreamer().dream(PHOTO).image().rgb();
    assertThat(dreamer().withListener(step -> true).dream(PHOTO).image().rgb()).isEqualTo(plain);
  }

  @Test
  void falseCancelsTheDreamAfterThatStep() {
    List<Progress> seen = new ArrayList<>();
    Dreamer dreamer =
        dreamer()
            .withListener(
                step -> {
                  seen.add(step);
                  return seen.size() < 5;
                });
    assertThatThrownBy(() -> dreamer.dream(PHOTO))
        .isInstanceOf(CancellationException.class)
        .hasMessage("the dream was cancelled at octave 2 of 2, step 2 of 3");
    assertThat(seen).hasSize(5);
  }

  @Test
  void aNetworkDreamsOnAfterACancelledDream() {
    float[] plain = dreamer().dream(PHOTO).image().rgb();
    Dreamer cancelled = dreamer().withListener(step -> false);
    assertThatThrownBy(() -> cancelled.dream(PHOTO)).isInstanceOf(CancellationException.class);
    assertThat(dreamer().dream(PHOTO).image().rgb()).isEqualTo(plain);
  }

  private static Dreamer dreamer() {
    OctaveSpec climb =
        new OctaveSpec(
            List.of(new L2("conv2", ChannelSelector.all(), 1)), 3, Ramp.of(1.5), Ramp.of(0));
    return new Dreamer(SMALL.network(), DreamSpec.plain(climb, new Octaves(2, 2), 4, 1));
  }
}
