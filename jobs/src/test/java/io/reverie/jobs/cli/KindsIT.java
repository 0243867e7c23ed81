package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder of tools/kinds.sh: every file is dreamed, or named with its reason, or counted. */
class KindsIT {

  private static final List<String> TOOLS = List.of("ffmpeg", "convert", "exiftool");
  private static final Pattern COUNT = Pattern.compile("(\\d+) (\\.\\w+|without extension)");
  private static final Pattern EXTENSION = Pattern.compile(".+(\\.\\w{1,8})");

  /** As good as any, whatever the installed programs can write. */
  private static final List<String> PICTURES =
      List.of(
          "rgb.png",
          "rgb.jpg",
          "rgb.tif",
          "UPPER.PNG",
          "deep.png",
          "cmyk.jpg",
          "palette.png",
          "grey-alpha.png",
          "pages.tif",
          "rotated.jpg",
          "png-inside.jpg",
          "folder.png/inside.png",
          "space 100% é 🐦.png",
          "_underscore.png");

  private static final List<String> VIDEOS =
      List.of("h264.mp4", "mpeg4.avi", "mpeg2.ts", "prores.mov", "moving.gif");

  private static final List<String> NO_PICTURES =
      List.of("text.png", "empty.png", "truncated.png", "dangling.png");

  private static final List<String> NO_VIDEOS =
      List.of("empty.mp4", "truncated.mp4", "sound-only.mp4");

  @TempDir private static Path folder;

  /** Of all files, without the dangling link. */
  private static List<String> names = List.of();

  @BeforeAll
  static void make() throws IOException, InterruptedException {
    assumeThat(TOOLS).allMatch(KindsIT::isInstalled);
    Process making =
        new ProcessBuilder("bash", "../tools/kinds.sh", in().toString()).inheritIO().start();
    assertThat(making.waitFor()).isZero();
    names = list();
    for (String name : names) {
      Files.setLastModifiedTime(
          in().resolve(name), FileTime.from(Instant.now().minusSeconds(3600)));
    }
    assertThat(names).hasSizeGreaterThan(40);
  }

  private static boolean isInstalled(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }

  private static Path in() {
    return folder.resolve("in");
  }

  private static List<String> list() throws IOException {
    try (Stream<Path> all = Files.walk(in(), FileVisitOption.FOLLOW_LINKS)) {
      return all.filter(Files::isRegularFile)
          .map(file -> in().relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static CommandLineRun run(String command, List<String> inputs, Path out, String... more) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--strength=0", "--octaves=1", "--iterations=1", "--size=64x"));
    words.addAll(List.of(more));
    words.addAll(inputs);
    words.add(out.toString());
    return CommandLineRun.of(words.toArray(String[]::new));
  }

  /**
   * Requires an answer for each file, and nothing else on stderr.
   *
   * @return the names of those that were dreamed
   */
  private static List<String> answered(CommandLineRun run, List<String> inputs, Path out) {
    assertThat(run.code()).as(run.err()).isEqualTo(4);
    assertThat(run.err().lines())
        .allMatch(line -> line.startsWith("reverie: ") || line.startsWith(out.toString()));
    List<String> dreamed = new ArrayList<>();
    Map<String, Long> left = new TreeMap<>();
    for (String name : inputs) {
      if (Stream.of("", ".mp4", ".png")
          .map(name::concat)
          .anyMatch(n -> Files.exists(out.resolve(n)))) {
        dreamed.add(name);
      } else if (!failed(run).contains(name)) {
        left.merge(kind(name), 1L, Long::sum);
      }
    }
    assertThat(left).as(run.err()).isEqualTo(counted(run));
    return dreamed;
  }

  private static String kind(String name) {
    Matcher parts = EXTENSION.matcher(name);
    return parts.matches() ? parts.group(1).toLowerCase(Locale.ROOT) : "without extension";
  }

  private static Map<String, Long> counted(CommandLineRun run) {
    return run.err()
        .lines()
        .filter(line -> line.contains(" skipped: "))
        .flatMap(line -> COUNT.matcher(line.replaceFirst(".* skipped: ", "")).results())
        .collect(
            Collectors.toMap(
                found -> found.group(2),
                found -> Long.valueOf(found.group(1)),
                Long::sum,
                TreeMap::new));
  }

  /** The names that a line gives a reason for. */
  private static List<String> failed(CommandLineRun run) {
    List<String> lines = run.err().lines().filter(line -> line.startsWith("reverie: ")).toList();
    return Stream.concat(names.stream(), Stream.of("dangling.png"))
        .filter(name -> lines.stream().anyMatch(line -> isAbout(line, name)))
        .toList();
  }

  private static boolean isAbout(String line, String name) {
    return Pattern.compile("(?:^reverie: |/)" + Pattern.quote(name) + ":? \\S")
        .matcher(line)
        .find();
  }

  @Test
  void imagesAnswersForEachFile() throws IOException {
    Path out = folder.resolve("images");
    CommandLineRun run = run("images", List.of(in().toString()), out);
    assertThat(answered(run, names, out))
        .containsAll(PICTURES)
        .doesNotContainAnyElementsOf(NO_PICTURES);
    assertThat(failed(run)).containsAll(NO_PICTURES);
    assertThat(counted(run)).containsEntry("without extension", 1L).containsKeys(".mp4", ".docx");
  }

  /** As the shell's glob names them. */
  @Test
  void videoAnswersForEachFile() throws IOException {
    Path out = folder.resolve("video");
    List<String> inputs = names.stream().filter(name -> !name.contains("/")).toList();
    CommandLineRun run =
        run("video", inputs.stream().map(name -> in().resolve(name).toString()).toList(), out);
    List<String> dreamed = answered(run, inputs, out);
    assertThat(dreamed).containsAll(VIDEOS).doesNotContainAnyElementsOf(NO_VIDEOS);
    assertThat(failed(run)).containsAll(NO_VIDEOS);
  }

  @Test
  void syncAnswersForEachFileAndDreamsItsDreamsNever() throws IOException {
    Path out = in().resolve("sync");
    CommandLineRun run = run("sync", List.of(in().toString()), out);
    List<String> inputs = Stream.concat(PICTURES.stream(), VIDEOS.stream()).toList();
    List<String> none = Stream.concat(NO_PICTURES.stream(), NO_VIDEOS.stream()).toList();
    try {
      assertThat(answered(run, names, out)).containsAll(inputs).doesNotContainAnyElementsOf(none);
      assertThat(failed(run)).containsAll(none);
      assertThat(run("sync", List.of(in().toString()), out).out()).contains(" 0 dreamed, ");
    } finally {
      // Other tests list the folder, too.
      Files.move(out, folder.resolve("sync"));
    }
  }
}
