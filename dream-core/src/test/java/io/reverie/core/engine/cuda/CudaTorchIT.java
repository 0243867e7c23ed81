package io.reverie.core.engine.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.reverie.core.DreamException;
import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.DreamSpec;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.OctaveSpec;
import io.reverie.core.dream.Octaves;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * libtorch for CUDA in processes of their own. Runs only with -Dgpu; the dream also needs NVIDIA's
 * libraries, but no GPU.
 */
class CudaTorchIT {

  private static final String NETWORK = "embedded";
  private static final Size SIZE = new Size(200, 140);

  @TempDir private Path folder;

  @BeforeEach
  void needsLibtorchForCuda() throws IOException {
    assumeTrue(NativeBundle.of(CudaTorch.MEMBERS).isPresent(), "the build is without -Dgpu");
  }

  /** Both are PyTorch 2.7.1, with MKL in one and OpenBLAS in the other. */
  @Test
  void itsDreamOnTheCpuIsThatOfLibtorchForTheCpu() throws Exception {
    assumeTrue(
        CudaLibraries.in(CudaFolders.ofThisMachine().all()).missing().isEmpty(),
        "NVIDIA's libraries are not installed");
    float[] cpu = dream("cpu");
    float[] cuda = dream("cu128");
    double change = 0;
    double difference = 0;
    float[] source = source().rgb();
    for (int i = 0; i < cpu.length; i++) {
      change += Math.abs(cpu[i] - source[i]) / cpu.length;
      difference += Math.abs(cpu[i] - cuda[i]) / cpu.length;
    }
    assertThat(change).as("it is a dream").isGreaterThan(3);
    // In grey levels: sums of another order, which the steps amplify.
    assertThat(difference).isLessThan(0.25);
  }

  @Test
  void withoutNvidiasLibrariesItSaysWhichAreMissingAndOnlyIfItIsDemanded() throws Exception {
    assumeTrue(
        !CudaLibraries.in(CudaFolders.ofThisMachine().all()).missing().isEmpty(),
        "NVIDIA's libraries are installed");
    Process demanding = start("cu128", folder.resolve("demanded"));
    assertThat(new String(demanding.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("libtorch for CUDA does not find lib")
        .hasLineCount(1);
    assertThat(demanding.waitFor()).isEqualTo(3);
    assertThat(dream("")).isEqualTo(dream("cpu"));
  }

  private float[] dream(String flavor) throws Exception {
    Path result = folder.resolve("dream-" + flavor);
    Process process = start(flavor, result);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    FloatBuffer values = ByteBuffer.wrap(Files.readAllBytes(result)).asFloatBuffer();
    float[] rgb = new float[values.remaining()];
    values.get(rgb);
    return rgb;
  }

  private Process start(String flavor, Path result) throws IOException {
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-Xmx512m", "-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(CudaTorchIT.class.getName(), result.toString()));
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().remove("PYTORCH_LIBRARY_PATH");
    builder.environment().put("PYTORCH_FLAVOR", flavor);
    return builder.start();
  }

  /** Dreams once and writes the values to a file. */
  public static void main(String[] args) throws IOException {
    OctaveSpec own = DreamSpec.of(Networks.descriptor(NETWORK)).octave();
    OctaveSpec octave = new OctaveSpec(own.objectives(), 3, own.step(), own.blur());
    DreamSpec spec = DreamSpec.plain(octave, new Octaves(2, 1.4), 16, 3);
    try (Network network = Networks.load(NETWORK)) {
      float[] rgb = new Dreamer(network, spec).dream(source()).image().rgb();
      ByteBuffer bytes = ByteBuffer.allocate(rgb.length * Float.BYTES);
      bytes.asFloatBuffer().put(rgb);
      Files.write(Path.of(args[0]), bytes.array());
    } catch (DreamException e) {
      System.out.println(e.getMessage());
      System.exit(3);
    }
  }

  private static Image source() {
    float[] rgb = new float[SIZE.width() * SIZE.height() * 3];
    for (int i = 0; i < rgb.length; i++) {
      int row = i / 3 / SIZE.width();
      int column = i / 3 % SIZE.width();
      double phase = 0.11 * row + 0.07 * column + i % 3;
      rgb[i] = (float) (128 + 80 * Math.sin(phase));
    }
    return new Image(SIZE, rgb);
  }
}
