package io.reverie.jobs.operation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LogLineTest {

  @Test
  void fieldsFollowTheEventInTheirOrder() {
    assertThat(
            new LogLine("segment")
                .with("item", "s3a://films/a.mp4")
                .with("segment", 3)
                .withSeconds(1.23456)
                .with("device", "")
                .text())
        .isEqualTo("segment item=s3a://films/a.mp4 segment=3 seconds=1.235");
  }

  @Test
  void whatIsNotPlainIsQuotedAndStaysOneLine() {
    assertThat(new LogLine("image").with("item", "my \"best\" \\ day\nstatus=done.png").text())
        .isEqualTo("image item=\"my \\\"best\\\" \\\\ day\\\\nstatus=done.png\"");
    assertThat(new LogLine("image").with("item", "a=b").text()).isEqualTo("image item=\"a=b\"");
  }

  @Test
  void credentialsAreLeftOut() {
    assertThat(
            new LogLine("image")
                .with("item", "https://me:word@host/a.png?X-Amz-Signature=abc")
                .with("reason", "403 for s3a://id:word@bucket/b.png")
                .text())
        .isEqualTo("image item=https://host/a.png reason=\"403 for s3a://bucket/b.png\"");
  }
}
