package io.reverie.jobs.kept;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.gradient.SeamRatio;
import io.reverie.core.dream.image.Residual;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PieceTest {

  /** More than one block of numbers. */
  private static final Size SIZE = new Size(217, 131);

  @TempDir private Path folder;

  private Location file() {
    return Location.of(folder.resolve("piece").toString());
  }

  /** A dream whose residual is rounded: source plus residual is not always the dream. */
  private static Dream dream(Image source, Random random, boolean tiled) {
    float[] rgb = new float[source.rgb().length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextInt(4) == 0 ? random.nextFloat() : 255 * random.nextFloat();
    }
    Image whole = new Image(SIZE, rgb);
    Optional<SeamRatio> seams = tiled ? Optional.of(new SeamRatio(1.25, 0.5)) : Optional.empty();
    List<Size> octaves = List.of(new Size(155, 94), SIZE);
    return new Dream(whole, whole, Residual.between(source, whole), octaves, 20, 3, seams);
  }

  private static Image source(Random random) {
    float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = random.nextInt(256);
    }
    return new Image(SIZE, rgb);
  }

  private List<KeptFrame> write(List<Image> sources) throws IOException {
    Random random = new Random(7);
    List<KeptFrame> frames = new ArrayList<>();
    try (PieceWriter writer = new PieceWriter(file())) {
      for (int i = 0; i < sources.size(); i++) {
        KeptFrame frame =
            new KeptFrame(40L * i, dream(sources.get(i), random, i == 1), 10 - i, i == 0);
        writer.write(frame, sources.get(i));
        frames.add(frame);
      }
      writer.publish();
      assertThat(writer.bytes()).isEqualTo(Files.size(file().path()));
    }
    return frames;
  }

  private static List<Image> sources() {
    Random random = new Random(3);
    return List.of(source(random), source(random), source(random));
  }

  @Test
  void framesComeBackBitByBit() throws IOException {
    List<Image> sources = sources();
    List<KeptFrame> written = write(sources);
    long inexact = 0;
    try (PieceReader reader = new PieceReader(file(), SIZE)) {
      for (int i = 0; i < written.size(); i++) {
        KeptFrame read = reader.next(40L * i, sources.get(i));
        Dream now = read.dream();
        Dream then = written.get(i).dream();
        assertThat(Arrays.equals(now.residual().rgb(), then.residual().rgb())).isTrue();
        assertThat(Arrays.equals(now.fullStrength().rgb(), then.fullStrength().rgb())).isTrue();
        assertThat(now.octaves()).isEqualTo(then.octaves());
        assertThat(now.seamRatio()).isEqualTo(then.seamRatio());
        assertThat(List.of(now.steps(), now.zeroSteps())).containsExactly(20, 3);
        assertThat(read.iterations()).isEqualTo(10 - i);
        assertThat(read.alone()).isEqualTo(i == 0);
        float[] sum = now.residual().addTo(sources.get(i), 1).rgb();
        inexact += Arrays.mismatch(sum, now.fullStrength().rgb()) >= 0 ? 1 : 0;
      }
      reader.finish();
    }
    assertThat(inexact).as("frames that source plus residual does not give").isEqualTo(3);
  }

  private void readAll() throws IOException {
    try (PieceReader reader = new PieceReader(file(), SIZE)) {
      List<Image> sources = sources();
      for (int i = 0; i < sources.size(); i++) {
        reader.next(40L * i, sources.get(i));
      }
      reader.finish();
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.4, 0.9, 0.99999})
  void aFlippedBitIsNoticedAtTheLatestAtTheEnd(double where) throws IOException {
    write(sources());
    byte[] bytes = Files.readAllBytes(file().path());
    bytes[(int) (where * bytes.length)] ^= 4;
    Files.write(file().path(), bytes);
    assertThatThrownBy(this::readAll).isInstanceOf(DamagedDreamException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.001, 0.5, 0.99999})
  void aShortenedFileIsNoticed(double share) throws IOException {
    write(sources());
    byte[] bytes = Files.readAllBytes(file().path());
    Files.write(file().path(), Arrays.copyOf(bytes, (int) (share * bytes.length)));
    assertThatThrownBy(this::readAll).isInstanceOf(DamagedDreamException.class);
  }

  @Test
  void theDreamOfAnotherFrameOrSizeIsRefused() throws IOException {
    List<Image> sources = sources();
    write(sources);
    try (PieceReader reader = new PieceReader(file(), SIZE)) {
      assertThatThrownBy(() -> reader.next(41, sources.get(0)))
          .isInstanceOf(DamagedDreamException.class);
    }
    Size other = new Size(216, 131);
    Image small = new Image(other, new float[216 * 131 * 3]);
    try (PieceReader reader = new PieceReader(file(), other)) {
      assertThatThrownBy(() -> reader.next(0, small)).isInstanceOf(DamagedDreamException.class);
    }
  }

  @Test
  void aPieceThatIsNotFinishedLeavesNothing() throws IOException {
    try (PieceWriter writer = new PieceWriter(file())) {
      Image source = sources().get(0);
      writer.write(new KeptFrame(0, dream(source, new Random(1), false), 1, true), source);
    }
    assertThat(folder).isEmptyDirectory();
    assertThatThrownBy(() -> new PieceReader(file(), SIZE))
        .isInstanceOf(DamagedDreamException.class);
  }
}
