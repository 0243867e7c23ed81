package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Runs that leave a page about themselves. */
class ReportIT {

  private static final Path SAMPLES = Path.of("../sample-data");
  private static final String EVIL = "<img src=x onerror=document.title=1>";

  @TempDir private Path folder;

  private static CommandLineRun quick(String... words) {
    return CommandLineRun.of(
        Stream.concat(
                Stream.of(words), Stream.of("--octaves", "1", "--iterations", "1", "--size", "64x"))
            .toArray(String[]::new));
  }

  @Test
  void theReportOfAVideoPlaysSourceAndDreamInStepInABrowser() throws IOException {
    Path out = folder.resolve("dream.mp4");
    CommandLineRun run =
        quick(
            "video",
            "--report",
            "--partial",
            "--set",
            "video.segment=16",
            "--set",
            "video.overlap=2",
            SAMPLES.resolve("clip.mp4").toString(),
            out.toString());
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(folder.resolve("dream.partial.mp4")).doesNotExist();
    Path page = folder.resolve("dream.mp4.html");
    String text = Files.readString(page);
    assertThat(text)
        .contains("finished", "data:video/mp4", "Flicker", "Strength", "Where the time went")
        .contains("reverie rerun dream.mp4")
        .doesNotContain("http-equiv=\"refresh\"", folder.toString());
    assertThat(Files.size(page)).isLessThan(4 << 20);
    try (Browser browser = Browser.of(page)) {
      browser.resize(1280, 900);
      assertThat(browser.all(".moment .slider")).hasSize(4);
      assertThat(browser.all(".curve")).hasSize(2);
      assertThat(browser.all(".timeline svg")).isNotEmpty();
      assertThat(browser.isShown(".moment img")).isTrue();
      assertThat(browser.all(".film canvas")).hasSize(2);
      browser.find(".film .slider-range").sendKeys(Keys.ARROW_RIGHT);
      assertThat(
              browser.js("document.querySelector('.film .slider').style.getPropertyValue('--at')"))
          .isNotEqualTo("50%");
      assertThat(browser.console()).isEmpty();
      assertThat(browser.requests()).isEmpty();
    }
  }

  @Test
  void aSyncShowsItsResultsAndFailuresUnderTheirNames() throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    List<Path> files = new ArrayList<>();
    files.add(Files.copy(SAMPLES.resolve("lake.jpg"), in.resolve(EVIL + ".jpg")));
    files.add(Files.writeString(in.resolve("broken.png"), "no image"));
    for (Path file : files) {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
    }
    Files.writeString(in.resolve("young.png"), "not all there");
    Path out = folder.resolve("out");
    CommandLineRun run = quick("sync", "--report", in.toString(), out.toString());
    assertThat(run.code()).as(run.err()).isEqualTo(4);
    Path page = out.resolve("report.html");
    assertThat(Files.readString(page))
        .contains("broken.png is not a readable", "young.png", "too new", "finished with failures")
        .contains("&lt;img src=x")
        .doesNotContain("<img src=x", in.toString());
    try (Browser browser = Browser.of(page)) {
      assertThat(browser.all(".moment .slider")).hasSize(1);
      assertThat(browser.find(".moment h3").getText()).isEqualTo(EVIL + ".jpg");
      assertThat(browser.driver().getTitle()).endsWith("Reverie report");
      assertThat(browser.console()).isEmpty();
    }
  }

  @Test
  void aRunThatFailsSaysSoOnItsPageAndAForeignPageIsLeftAlone() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.mp4"), "no video");
    Path page = folder.resolve("failed.html");
    CommandLineRun run =
        quick("video", "--report=" + page, bad.toString(), folder.resolve("dream.mp4").toString());
    assertThat(run.code()).isEqualTo(3);
    assertThat(Files.readString(page)).contains("pill failed", "bad.mp4").contains("class=\"bad\"");

    Path mine = Files.writeString(folder.resolve("mine.html"), "<title>Mine</title>");
    CommandLineRun refused =
        quick(
            "images",
            "--report=" + mine,
            SAMPLES.resolve("lake.jpg").toString(),
            folder.resolve("lake.png").toString());
    assertThat(refused.code()).isEqualTo(3);
    assertThat(refused.err()).contains("is not a Reverie report");
    assertThat(mine).hasContent("<title>Mine</title>");
  }

  @Test
  void imagesAndZoomsHavePagesAndNumberedFramesNoBeginning() {
    Path out = folder.resolve("out");
    CommandLineRun images =
        quick(
            "images",
            "--report",
            SAMPLES.resolve("lake.jpg").toString(),
            SAMPLES.resolve("forest.jpg").toString(),
            out + "/");
    assertThat(images.code()).as(images.err()).isZero();
    assertThat(out.resolve("report.html")).content().contains("Before and after", "forest.jpg");
    CommandLineRun zoom =
        quick(
            "zoom",
            "--report",
            "--frames",
            "3",
            SAMPLES.resolve("lake.jpg").toString(),
            folder.resolve("zoom.mp4").toString());
    assertThat(zoom.code()).as(zoom.err()).isZero();
    assertThat(folder.resolve("zoom.mp4.html")).content().contains("Zooming");
    CommandLineRun frames =
        quick(
            "video",
            "--partial",
            SAMPLES.resolve("clip.mp4").toString(),
            folder.resolve("%05d.png").toString());
    assertThat(frames.code()).isEqualTo(2);
    assertThat(frames.err()).contains("names numbered frames; name a video, such as dream.mp4");
  }

  @Test
  void theFinishedPartReplacesNoFileOfTheUsersAndNoOtherResult() throws IOException {
    Path mine = Files.writeString(folder.resolve("dream.partial.mp4"), "mine");
    String clip = SAMPLES.resolve("clip.mp4").toString();
    CommandLineRun run = quick("video", "--partial", clip, folder.resolve("dream.mp4").toString());
    assertThat(run.code()).isEqualTo(3);
    assertThat(run.err()).contains("would replace", "dream.partial.mp4").hasLineCount(1);
    assertThat(mine).hasContent("mine");
    assertThat(folder.resolve("dream.mp4")).doesNotExist();
    Path second = Files.copy(Path.of(clip), folder.resolve("clip.partial.mp4"));
    CommandLineRun both =
        quick(
            "video", "--partial", clip, second.toString(), folder.resolve("out/").toString() + "/");
    assertThat(both.code()).isEqualTo(2);
    assertThat(both.err()).contains("which is the result of another input").hasLineCount(1);
  }
}
