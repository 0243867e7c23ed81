package io.reverie.jobs.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.run.ReportRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A page's name is optional, and no input is taken for it. */
class ReportOptionTest {

  private static final class Words {
    @Mixin private ReportOption report;
    @Parameters private List<String> paths = new ArrayList<>();
  }

  private static Words parse(String... words) {
    Words parsed = new Words();
    new CommandLine(parsed).parseArgs(words);
    return parsed;
  }

  @Test
  void onlyANameOfAPageIsTaken() {
    Words usual = parse("--report", "clip.mp4", "dream.mp4");
    assertThat(usual.report.request()).isEqualTo(new ReportRequest(true, ""));
    assertThat(usual.paths).containsExactly("clip.mp4", "dream.mp4");
    Words named = parse("--report", "page.HTML", "clip.mp4", "dream.mp4");
    assertThat(named.report.request()).isEqualTo(new ReportRequest(true, "page.HTML"));
    assertThat(named.paths).hasSize(2);
    assertThat(parse("clip.mp4", "dream.mp4", "--report").report.request().wanted()).isTrue();
    assertThat(parse("--report=page.txt", "a").report.request().file()).isEqualTo("page.txt");
    assertThat(parse("clip.mp4").report.request()).isEqualTo(ReportRequest.NONE);
  }
}
