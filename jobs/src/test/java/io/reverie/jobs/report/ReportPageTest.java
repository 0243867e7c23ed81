package io.reverie.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.page.Page;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.ReportRequest;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a page, without a job. */
class ReportPageTest {

  @TempDir private Path folder;

  private static String text(List<Html> parts) {
    return new String(Page.of("t", List.of(), parts).bytes(), StandardCharsets.UTF_8);
  }

  private static String results(ReportContent story, Path page) {
    Links links = new Links(Location.of(page.toString()));
    return text(new Results(story, links).html());
  }

  @Test
  void aNameThatIsMarkupIsShownAsText() {
    String name = "<img src=x onerror=alert(1)>.jpg";
    ReportContent story = new ReportContent();
    WorkItem item = new WorkItem(folder + "/in/" + name, Location.of(folder + "/out/" + name));
    story.plan(List.of(item));
    story.add(Outcome.failed(item, item.input() + " is broken"));
    String page = results(story, folder.resolve("out/report.html"));
    assertThat(page)
        .doesNotContain("<img")
        .contains("&lt;img src=x onerror=alert(1)&gt;.jpg is broken");
  }

  @Test
  void foldersOfTheMakerAndSecretsAreNotShown() {
    ReportContent story = new ReportContent();
    story.add(
        Outcome.failed(
            "https://me:secret@host/cat.png?X-Amz-Signature=abc",
            folder + "/out/cat.png",
            "https://me:secret@host/cat.png?X-Amz-Signature=abc cannot be read"));
    story.add(Outcome.failed("/home/me/private/dog.png", folder + "/out/dog.png", "gone"));
    String page = results(story, folder.resolve("out/report.html"));
    assertThat(page).doesNotContain("secret", "abc", "/home/me", folder.toString());
  }

  @Test
  void linksLeadToFilesBesideOrBelowThePageOnly() {
    Links links = new Links(Location.of("s3a://bucket/out/report.html"));
    assertThat(links.address("s3a://bucket/out/a b/c%d.mp4")).contains("./a%20b/c%25d.mp4");
    assertThat(links.address("s3a://bucket/in/c.mp4")).isEmpty();
    assertThat(links.name("s3a://bucket/in/c.mp4")).isEqualTo("c.mp4");
  }

  @Test
  void aPageIsBesideAResultOrInAFolderAndReplacesNothingElse() throws IOException {
    Location result = Location.of(folder.resolve("dream.mp4").toString());
    List<WorkItem> one = List.of(new WorkItem("clip.mp4", result));
    ReportRequest usual = new ReportRequest(true, "");
    assertThat(ReportFile.of(usual, result, one).location().name()).isEqualTo("dream.mp4.html");
    Location out = Location.of(folder.toString());
    assertThat(ReportFile.of(usual, out, one).location().text())
        .isEqualTo(folder.resolve("report.html").toString());
    assertThatThrownBy(() -> ReportFile.of(new ReportRequest(true, "page.txt"), result, one))
        .hasMessage("--report page.txt: a report is an HTML page; end its name with .html");

    Path foreign = Files.writeString(folder.resolve("mine.html"), "<title>Mine</title>");
    ReportFile taken = ReportFile.of(new ReportRequest(true, foreign.toString()), result, one);
    assertThatThrownBy(taken::requireOurs).hasMessageContaining("is not a Reverie report");
  }

  @Test
  void aLargeSetListsItsFailuresFirstAndCountsTheRest() {
    ReportContent story = new ReportContent();
    List<Outcome> all = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      WorkItem item = new WorkItem(i + ".png", Location.of("out/" + i + ".png"));
      all.add(i % 100 == 0 ? Outcome.failed(item, "broken") : Outcome.kept(item, ""));
    }
    all.forEach(story::add);
    assertThat(story.outcomes).hasSizeLessThanOrEqualTo(ReportContent.MAX_LISTED);
    assertThat(story.failed).isEqualTo(50);
    story.end(all);
    assertThat(story.state).isEqualTo(ReportContent.State.FAILED);
    String page = results(story, folder.resolve("report.html"));
    assertThat(page).contains("and 4,600 more");
    assertThat(page.split("state failed", -1)).hasSize(51);
  }

  @Test
  void momentsOfAFilmAreSpreadOverItsShots() {
    FilmPlan one =
        new FilmPlan("o", "1x1", 0, 4, 100, List.of(new FilmPlan.FilmShot(0, 0, 100, 0)));
    assertThat(one.moments(12)).containsExactly(12, 37, 62, 87);
    List<FilmPlan.FilmShot> shots = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      shots.add(new FilmPlan.FilmShot(i, 10 * i, 10, i));
    }
    FilmPlan many = new FilmPlan("o", "1x1", 0, 1000, 10_000, shots);
    assertThat(many.moments(12)).hasSize(12).isSorted().startsWith(415).endsWith(9585);
  }

  @Test
  void commandsCanBePastedWhateverTheNames() {
    assertThat(Commands.quoted("it's.mp4")).isEqualTo("'it'\\''s.mp4'");
    assertThat(Commands.again("video", false, List.of("my clip.mp4"), Location.of("out/dream.mp4")))
        .isEqualTo("reverie video --config settings.yaml 'my clip.mp4' dream.mp4");
  }

  @Test
  void durationsReadAsPeopleSayThem() {
    assertThat(Durations.of(0.42)).isEqualTo("0.4 s");
    assertThat(Durations.of(200)).isEqualTo("3 min 20 s");
    assertThat(Durations.of(7500)).isEqualTo("2 h 5 min");
    assertThat(Durations.place(3723)).isEqualTo("1:02:03");
    assertThat(Durations.count(1, "frame")).isEqualTo("1 frame");
    assertThat(Durations.count(1200, "frame")).isEqualTo("1,200 frames");
  }

  @Test
  void anEmptyPlotDrawsNothing() {
    Plot plot = new Plot("Flicker", "", new Series(3), 0, 1, List.of());
    assertThat(plot.html()).isEqualTo(Element.of("div"));
  }
}
