package io.reverie.jobs.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class JobNameTest {

  @Test
  void oneInputIsNamedByItsFile() {
    JobName name = JobName.of("Dreaming", "dreaming", List.of("s3a://films/2024/a.mp4"), "video");
    assertThat(name.description()).isEqualTo("a.mp4: dreaming");
    assertThat(name.group()).isEqualTo("s3a://films/2024/a.mp4");
    assertThat(name.phase()).isEqualTo("Dreaming");
  }

  @Test
  void severalInputsAreCounted() {
    JobName name = JobName.of("Dreaming", "dreaming", List.of("a.png", "b.png"), "image");
    assertThat(name.description()).isEqualTo("2 images: dreaming");
    assertThat(JobName.of("Making thumbnails").description()).isEqualTo("Making thumbnails");
  }

  @Test
  void credentialsAndControlCharactersAreNotShown() {
    for (String input :
        List.of(
            "https://me:word@host/a.mp4?X-Amz-Signature=abc",
            "s3a://key:word/1@bucket/a.mp4",
            "https://host/dir/a.mp4?token=word")) {
      JobName name = JobName.of("Dreaming", "dreaming", List.of(input), "video");
      assertThat(name.description()).isEqualTo("a.mp4: dreaming");
      assertThat(name.group()).doesNotContain("word", "abc", "me:").endsWith("a.mp4");
    }
    assertThat(JobName.of("Dreaming", "dreaming", List.of("a\n\u202eb.mp4"), "video").description())
        .isEqualTo("a\\n\\u202eb.mp4: dreaming");
  }

  @Test
  void aFolderHasTheNameOfItsLastPart() {
    assertThat(JobName.of("Dreaming", "dreaming", List.of("in/frames/"), "video").description())
        .isEqualTo("frames: dreaming");
  }
}
