package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.reverie.core.network.Networks;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.video.VideoIndex;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every setting does something: changed alone, it changes what it says it changes. */
class EveryKeyIT {

  private static final Path SAMPLES = Path.of("../sample-data").toAbsolutePath();

  /** Made once for each base. */
  private static final Map<List<String>, String> MADE = new HashMap<>();

  @TempDir private static Path folder;

  /** What a run gives. */
  private enum Job {
    /** The pixels of a still. */
    STILL,
    /** The pixels of a JPEG. */
    JPEG,
    /** The pixels of noise that was dreamed on. */
    NOISE,
    /** The frames of a video. */
    VIDEO,
    /** A video's streams: its codec, pixel format, times. */
    FILE,
    /** The frames that numbered frames become, and their times. */
    FRAMES,
    /** The frames of a dive, and their times. */
    DIVE,
    /** What sync would do. */
    SYNC
  }

  /**
   * A setting to change.
   *
   * @param value that it is changed to
   * @param base further settings, for this one to show
   */
  private record Change(Job job, String key, String value, List<String> base) {

    static Change of(Job job, String key, String value, String... base) {
      return new Change(job, key, value, List.of(base));
    }

    @Override
    public String toString() {
      return key + "=" + value;
    }
  }

  static Stream<Change> changing() {
    return Stream.of(keys(), keysOfLayers(), keysOfSizes()).flatMap(changes -> changes);
  }

  private static Stream<Change> keysOfLayers() {
    return Stream.of(
        layers(
            "{layer: conv3.1}, {layer: conv4.3}", "{layer: conv3.1}, {layer: conv4.3, weight: 3}"),
        layers("{layer: conv3.1}", "{layer: conv3.1, weight: -1}"),
        layers("{layer: conv3.1}", "{layer: conv3.1, objective: mean}"),
        layers("{layer: conv3.1}", "{layer: conv3.1, channels: [3, 5]}"),
        layers("{channels: strongest 5}", "{channels: weakest 5}"),
        layers("{objective: neuron, channels: 3}", "{objective: neuron, channels: 3, x: 0.9}"),
        layers("{objective: neuron, channels: 3}", "{objective: neuron, channels: 3, y: 0.9}"),
        layers("{objective: class, class: 3}", "{objective: class, class: {3: 1, 6: 0.5}}"),
        layers(guide("lake.jpg"), guide("clouds.png")));
  }

  private static Change layers(String before, String after) {
    return Change.of(Job.STILL, "layers", "[" + after + "]", "layers=[" + before + "]");
  }

  private static String guide(String picture) {
    return "{layer: conv3.1, objective: guide, guide: %s}".formatted(SAMPLES.resolve(picture));
  }

  private static Stream<Change> keysOfSizes() {
    return Stream.of("layers: [{layer: conv3.1}]", "step: 4", "stepEnd: 0.3", "blur: {from: 1}")
        .map(own -> Change.of(Job.STILL, "octaves.each", "[{%s}]".formatted(own)));
  }

  private static Stream<Change> keys() {
    return Stream.of(
        Change.of(Job.STILL, "network", network()),
        Change.of(Job.STILL, "weights", weights()),
        Change.of(Job.STILL, "preset", "petals"),
        Change.of(Job.STILL, "objective", "mean"),
        Change.of(Job.STILL, "layers", "[{layer: conv3.1}]"),
        Change.of(Job.STILL, "octaves.count", "1"),
        Change.of(Job.STILL, "octaves.scale", "1.2"),
        Change.of(Job.STILL, "octaves.each", "[{iterations: 5}]"),
        Change.of(Job.STILL, "iterations", "3"),
        Change.of(Job.STILL, "step", "2"),
        Change.of(Job.STILL, "stepEnd", "0.5"),
        Change.of(Job.STILL, "stepRule", "std"),
        Change.of(Job.STILL, "clip", "1"),
        Change.of(Job.STILL, "jitter", "3"),
        Change.of(Job.STILL, "robustness.scale", "0.2"),
        Change.of(Job.STILL, "robustness.rotate", "20"),
        Change.of(Job.STILL, "robustness.window", "40"),
        Change.of(Job.STILL, "parameterisation", "fourier"),
        Change.of(Job.STILL, "smoothing.weight", "2"),
        Change.of(Job.STILL, "smoothing.sigma", "4", "smoothing.weight=2"),
        Change.of(Job.STILL, "blur.from", "1"),
        Change.of(Job.STILL, "blur.to", "1"),
        Change.of(Job.STILL, "laplacian", "3"),
        Change.of(Job.STILL, "tv", "0.5"),
        Change.of(Job.STILL, "decay", "0.2"),
        Change.of(Job.STILL, "colours", "luma"),
        Change.of(Job.STILL, "mask.file", mask()),
        Change.of(Job.STILL, "mask.alpha", "true"),
        Change.of(Job.STILL, "mask.strength", "0.5", "mask.file=" + mask()),
        Change.of(Job.STILL, "mask.feather", "5", "mask.file=" + mask()),
        Change.of(Job.STILL, "mask.invert", "true", "mask.file=" + mask()),
        Change.of(Job.STILL, "strength", "0.5"),
        Change.of(Job.STILL, "seed", "7"),
        Change.of(Job.STILL, "size", "80x60"),
        Change.of(Job.STILL, "dreamSize", "48x"),
        Change.of(Job.STILL, "tile", "64", "size=160x96"),
        Change.of(Job.STILL, "halo", "8", "size=160x96", "tile=64"),
        Change.of(Job.NOISE, "noise.mean", "90"),
        Change.of(Job.NOISE, "noise.deviation", "40"),
        Change.of(Job.JPEG, "images.quality", "40"),
        Change.of(Job.VIDEO, "video.start", "0.1"),
        Change.of(Job.VIDEO, "video.end", "0.2"),
        Change.of(Job.FRAMES, "video.fps", "12", "video.fps=24"),
        Change.of(Job.VIDEO, "video.temporal", "none"),
        Change.of(Job.VIDEO, "video.persistence", "0.5"),
        Change.of(Job.VIDEO, "video.effort", "best", "iterations=12", "video.persistence=0.5"),
        Change.of(Job.VIDEO, "video.blend", "0.9", "video.temporal=blend"),
        Change.of(Job.VIDEO, "video.flow.method", "farneback"),
        Change.of(Job.VIDEO, "video.flow.scale", "0.5"),
        Change.of(Job.VIDEO, "video.flow.warp", "linear"),
        Change.of(Job.VIDEO, "video.cuts", "[0.2]"),
        Change.of(Job.VIDEO, "video.segment", "5", "video.overlap=1"),
        Change.of(Job.VIDEO, "video.overlap", "0", "video.segment=5", "video.overlap=1"),
        Change.of(Job.FILE, "video.codec", "mpeg4"),
        Change.of(Job.FILE, "video.quality", "45"),
        Change.of(Job.FILE, "video.bitrate", "50k"),
        Change.of(Job.FILE, "video.pixelFormat", "yuv420p", "video.codec=ffv1"),
        Change.of(Job.VIDEO, "camera.zoom", "1.1"),
        Change.of(Job.VIDEO, "camera.rotate", "5"),
        Change.of(Job.VIDEO, "camera.x", "5"),
        Change.of(Job.VIDEO, "camera.y", "5"),
        Change.of(Job.DIVE, "zoom.frames", "3"),
        Change.of(Job.DIVE, "zoom.fps", "12"),
        Change.of(Job.DIVE, "zoom.loop", "2"),
        Change.of(Job.DIVE, "zoom.iterations", "4"),
        Change.of(Job.DIVE, "zoom.toneCorrection", "1"),
        Change.of(Job.SYNC, "sync.minAge", "0"),
        Change.of(Job.SYNC, "sync.attempts", "1", "sync.minAge=0"));
  }

  /** Those that decide how the work is cut alone. */
  static Stream<Change> keeping() {
    return Stream.of(Change.of(Job.VIDEO, "video.chunk", "3"));
  }

  @Test
  void noKeyIsLeftOut() throws IOException {
    Set<String> tried = new TreeSet<>();
    Stream.concat(changing(), keeping()).forEach(change -> tried.add(change.key()));
    try (InputStream in = SpecLoader.class.getResourceAsStream("reference.yaml")) {
      assertThat(tried).containsExactlyElementsOf(leaves(new YAMLMapper().readTree(in), ""));
    }
  }

  private static Set<String> leaves(JsonNode node, String prefix) {
    Set<String> keys = new TreeSet<>();
    for (Map.Entry<String, JsonNode> entry : node.properties()) {
      String key = prefix + entry.getKey();
      if (entry.getValue().isObject()) {
        keys.addAll(leaves(entry.getValue(), key + "."));
      } else {
        keys.add(key);
      }
    }
    return keys;
  }

  @ParameterizedTest
  @MethodSource("changing")
  void itChangesTheResult(Change change) throws IOException {
    assertThat(made(change, true)).isNotEqualTo(made(change, false));
  }

  @ParameterizedTest
  @MethodSource("keeping")
  void itChangesNothing(Change change) throws IOException {
    assertThat(made(change, true)).isEqualTo(made(change, false));
  }

  private static String made(Change change, boolean changed) throws IOException {
    List<String> settings = new ArrayList<>(change.base());
    if (changed) {
      settings.add(change.key() + "=" + change.value());
    }
    List<String> key = new ArrayList<>(settings);
    key.add(0, change.job().name());
    if (!MADE.containsKey(key)) {
      MADE.put(key, make(change.job(), settings));
    }
    return MADE.get(key);
  }

  private static String make(Job job, List<String> settings) throws IOException {
    Path out = Files.createTempDirectory(folder, "run");
    return switch (job) {
      case STILL -> pixels(run("images", settings, Path.of(clearing()), out, "a.png"));
      case JPEG -> pixels(run("images", settings, SAMPLES.resolve("clouds.png"), out, "a.jpg"));
      case NOISE -> pixels(run("images", settings, Path.of("noise:"), out, "a.png"));
      case VIDEO ->
          Videos.hashes(run("video", lossless(settings), clip(), out, "a.mkv")).toString();
      case FILE -> file(run("video", settings, clip(), out, "a.mkv"));
      case FRAMES -> file(run("video", settings, frames(), out, "a.mkv"));
      case DIVE -> {
        Path dive = run("zoom", lossless(settings), SAMPLES.resolve("clouds.png"), out, "a.mkv");
        yield Videos.index(dive).rate() + " " + Videos.hashes(dive);
      }
      case SYNC -> sync(settings, out);
    };
  }

  private static Path run(String command, List<String> settings, Path in, Path out, String name) {
    List<String> words = new ArrayList<>(List.of(command, "--quiet"));
    boolean video = command.equals("video");
    List<String> small =
        video
            ? List.of("size=64x", "octaves.count=1", "iterations=2", "video.end=0.75")
            : List.of("size=72x48", "octaves.count=2", "iterations=2", "zoom.frames=4");
    Stream.concat(small.stream(), settings.stream())
        .forEach(setting -> words.addAll(List.of("--set", setting)));
    Path file = out.resolve(name);
    words.addAll(List.of(in.toString(), file.toString()));
    CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return file;
  }

  private static List<String> lossless(List<String> settings) {
    return Stream.concat(Stream.of("video.codec=ffv1"), settings.stream()).toList();
  }

  private static String pixels(Path still) {
    return "" + Arrays.hashCode(Videos.still(still));
  }

  private static String file(Path video) {
    VideoIndex index = Videos.index(video);
    // Not the file's bytes: they hold the settings themselves.
    return String.join(
        " ",
        index.codec(),
        index.rate().toString(),
        Arrays.toString(index.times()),
        Videos.hashes(video).toString());
  }

  private static Path clip() {
    return SAMPLES.resolve("clip.mp4");
  }

  /** Three numbered frames. */
  private static Path frames() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Path frame = folder.resolve("%05d.png".formatted(i));
      if (!Files.exists(frame)) {
        Files.copy(SAMPLES.resolve("clouds.png"), frame);
      }
    }
    return folder.resolve("%05d.png");
  }

  /** What a first and a second run over a damaged picture say. */
  private static String sync(List<String> settings, Path out) throws IOException {
    Path in = Files.createDirectories(out.resolve("in"));
    Files.writeString(in.resolve("broken.png"), "no picture");
    List<String> words = new ArrayList<>(List.of("sync", "--json"));
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    words.addAll(List.of(in.toString(), out.resolve("out").toString()));
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < 2; i++) {
      CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
      said.append(run.code()).append(run.err()).append('\n');
    }
    return said.toString().replace(out.toString(), "").replaceAll("run[0-9]+", "");
  }

  /** White on the left. */
  private static String mask() {
    BufferedImage picture = new BufferedImage(72, 48, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 36 * 48; i++) {
      picture.setRGB(i % 36, i / 36, 0xFFFFFF);
    }
    return png(picture, "mask.png");
  }

  /** Clouds that are clear on the right. */
  private static String clearing() throws IOException {
    BufferedImage clouds = ImageIO.read(SAMPLES.resolve("clouds.png").toFile());
    int width = clouds.getWidth();
    BufferedImage picture =
        new BufferedImage(width, clouds.getHeight(), BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < width * clouds.getHeight(); i++) {
      int opaque = i % width < width / 2 ? 0xFF000000 : 0x40000000;
      int colour = clouds.getRGB(i % width, i / width) & 0xFFFFFF;
      picture.setRGB(i % width, i / width, colour | opaque);
    }
    return png(picture, "clearing.png");
  }

  private static String png(BufferedImage picture, String name) {
    Path file = folder.resolve(name);
    try (OutputStream out = Files.newOutputStream(file)) {
      ImageIO.write(picture, "png", out);
      return file.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The embedded network, looked at with red and blue exchanged. */
  private static String network() {
    try (InputStream in = Networks.class.getResourceAsStream("embedded.yaml")) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      Path file = folder.resolve("other.yaml");
      return Files.writeString(file, yaml.replace("order: rgb", "order: bgr")).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The embedded network's own, some with another sign. */
  private static String weights() {
    try (InputStream in = Networks.resource("resource:embedded/embedded.safetensors")) {
      byte[] bytes = in.readAllBytes();
      int lastOfAFloat = 3;
      for (int i = bytes.length / 8; i < bytes.length; i++) {
        bytes[i] ^= (byte) (i % Float.BYTES == lastOfAFloat ? 0x80 : 0);
      }
      return Files.write(folder.resolve("other.safetensors"), bytes).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
