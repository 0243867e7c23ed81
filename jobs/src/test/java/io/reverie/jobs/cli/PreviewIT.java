package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.Size;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of looks, from the command line. */
class PreviewIT {

  private static final Path SAMPLES = Path.of("../sample-data");
  private static final Pattern PICTURE = Pattern.compile("data:image/(\\w+);base64,([^\"]+)");

  @TempDir private Path folder;

  private CommandLineRun preview(String... words) {
    List<String> all =
        new ArrayList<>(List.of("preview", "--quiet", "--size", "96", "--iterations", "2"));
    all.addAll(Arrays.asList(words));
    return CommandLineRun.of(all.toArray(String[]::new));
  }

  private List<Path> pictures(Path page) throws IOException {
    List<Path> files = new ArrayList<>();
    Matcher found = PICTURE.matcher(Files.readString(page));
    while (found.find()) {
      byte[] bytes = Base64.getDecoder().decode(found.group(2));
      Path file = folder.resolve("picture" + files.size() + "." + found.group(1));
      files.add(Files.write(file, bytes));
    }
    return files;
  }

  private static Frame read(Path picture) {
    return Stills.read(MediaSource.of(picture)).frame();
  }

  @Test
  void aPictureIsShownInFourLooksWithACommandAndSettingsThatReproduceEach() throws IOException {
    Path page = folder.resolve("looks.html");
    Frame small = Stills.scale(read(SAMPLES.resolve("lake.jpg")), new Size(96, 64));
    byte[] png = Stills.encode(small, "a.png", 8, 100);
    String lake = Files.write(folder.resolve("lake.png"), png).toString();
    CommandLineRun run =
        preview(
            "--json",
            "--octaves=2",
            "--presets=eyes,petals",
            "--recipes=engraving",
            "--layers=conv3.1",
            lake,
            page.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(read(folder.resolve("looks.png")).width()).isGreaterThan(200);
    JsonNode report = new ObjectMapper().readTree(run.out());
    assertThat(report.at("/looks")).hasSize(4);
    List<Path> pictures = pictures(page);
    assertThat(pictures).hasSize(5);
    for (int i = 0; i < 4; i++) {
      JsonNode look = report.at("/looks/" + i);
      Frame shown = read(pictures.get(i + 1));
      assertThat(distance(shown, read(pictures.get(0)))).isGreaterThan(4);
      assertThat(distance(shown, pasted(look, lake))).as(look.toString()).isLessThan(0.2);
      assertThat(distance(shown, configured(look, lake))).as(look.toString()).isLessThan(0.2);
      assertThat(look.at("/wholeSeconds").asDouble()).isPositive();
    }
  }

  /** Runs the command as it is, but for its output. */
  private Frame pasted(JsonNode look, String lake) throws IOException {
    List<String> words =
        new ArrayList<>(Arrays.asList(look.at("/command").asText().split(" ", -1)));
    assertThat(words).startsWith("reverie", "images").contains(lake);
    Path out = folder.resolve("pasted.png");
    words.set(words.size() - 1, out.toString());
    return dreamed(out, words.subList(1, words.size()));
  }

  private Frame configured(JsonNode look, String lake) throws IOException {
    Path config = Files.writeString(folder.resolve("look.yaml"), look.at("/settings").asText());
    Path out = folder.resolve("configured.png");
    return dreamed(out, List.of("images", "--config", config.toString(), lake, out.toString()));
  }

  private Frame dreamed(Path out, List<String> words) throws IOException {
    List<String> all = new ArrayList<>(words);
    all.add(1, "--overwrite");
    CommandLineRun run = CommandLineRun.of(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return inPage(read(out));
  }

  /** A picture as the page stores it. */
  private Frame inPage(Frame frame) throws IOException {
    return read(Files.write(folder.resolve("page.jpg"), Stills.encode(frame, "a.jpg", 8, 90)));
  }

  /** Mean difference in grey levels, at the size of the first. */
  private static double distance(Frame a, Frame b) {
    float[] other = Stills.scale(b, new Size(a.width(), a.height())).rgb();
    double sum = 0;
    for (int i = 0; i < other.length; i++) {
      sum += Math.abs(other[i] - a.rgb()[i]);
    }
    return sum / other.length;
  }

  @Test
  void aLookThatFailsIsNamedInItsPlaceAndTheOthersShow() throws IOException {
    Path page = folder.resolve("looks.html");
    CommandLineRun run =
        preview("--vary=mask.alpha=false,true", SAMPLES + "/clouds.png", page.toString());
    assertThat(run.code()).isEqualTo(4);
    assertThat(run.err()).contains("reverie: mask.alpha = true: ").hasLineCount(1);
    assertThat(Files.readString(page)).contains("class=\"card look failed\"");
    assertThat(pictures(page)).hasSize(2);
  }

  @Test
  void aBrokenInputIsOneSentenceAndNoPage() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
    CommandLineRun run = preview(broken.toString(), folder.resolve("a.html").toString());
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("broken.png").hasLineCount(1);
    assertThat(folder.resolve("a.html")).doesNotExist();
    assertThat(folder.resolve("a.png")).doesNotExist();
  }

  @Test
  void anExistingPageIsKeptAndAForeignPictureIsNotReplaced() throws IOException {
    Path page = Files.writeString(folder.resolve("a.html"), "mine");
    CommandLineRun run = CommandLineRun.of("preview", SAMPLES + "/clouds.png", page.toString());
    assertThat(run.code()).isZero();
    assertThat(run.err()).contains("was kept");
    assertThat(page).hasContent("mine");
    Files.writeString(folder.resolve("b.png"), "mine");
    CommandLineRun other = preview(SAMPLES + "/clouds.png", folder.resolve("b.html").toString());
    assertThat(other.code()).isEqualTo(2);
    assertThat(other.err()).contains("would replace");
    Path input = Files.copy(SAMPLES.resolve("clouds.png"), folder.resolve("c.png"));
    CommandLineRun own = preview("--overwrite", input.toString(), folder + "/c.html");
    assertThat(own.err()).contains("would overwrite its own input");
  }

  @Test
  void wrongOptionsAreNamed() {
    String clouds = SAMPLES + "/clouds.png";
    assertThat(CommandLineRun.of("preview", "--size", "9", clouds).err())
        .contains("invalid --size '9'");
    assertThat(preview("--frames", "0", clouds).err()).contains("--frames must be from 1");
    assertThat(preview("--motion", clouds, folder + "/a.html").err()).contains("needs a video");
    assertThat(preview("--preset=eyes", "--presets=all", clouds).err()).contains("not both");
    assertThat(preview(clouds, folder + "/a.txt").err()).contains("must be written as .html");
    assertThat(preview(SAMPLES.toString(), folder + "/a.html").err()).contains("is a folder");
    assertThat(preview("--layers=nosuch", clouds, folder + "/a.html").err())
        .contains("no layer 'nosuch'");
  }

  @Test
  void aVideoIsShownByItsShotsAndMoves() throws IOException {
    Path page = folder.resolve("clip.html");
    CommandLineRun run =
        preview(
            "--motion",
            "--octaves=1",
            "--presets=eyes,petals",
            SAMPLES + "/clip.mp4",
            page.toString());
    assertThat(run.code()).as(run.err()).isZero();
    List<Path> pictures = pictures(page);
    List<Path> moving = pictures.stream().filter(p -> p.toString().endsWith("webp")).toList();
    assertThat(moving).hasSize(3);
    assertThat(Videos.index(moving.get(1)).count()).isGreaterThan(10);
    assertThat(Files.readString(page)).contains("reverie video").contains("clip-petals.mp4");
  }
}
