package io.reverie.video.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.video.Kind;
import io.reverie.video.MediaException;
import io.reverie.video.Rewriting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutputCheckTest {

  /** Makes every file count as large. */
  private static final long NONE = 0;

  private static final OutputCheck SAME = new OutputCheck(40, 1.95, 1);

  @TempDir private Path folder;

  private Path made(String name) {
    Path output = folder.resolve(name);
    Rewriting.whole(Kind.H264_OPEN_GOP.clip(folder), output);
    return output;
  }

  @ParameterizedTest
  @ValueSource(strings = {"o.mp4", "o.mov", "o.mkv", "o.webm", "o.ts", "o.avi", "o.gif"})
  void completeFilesPassBothChecks(String name) {
    Path output = made(name);

    assertThatCode(() -> SAME.run(output)).doesNotThrowAnyException();
    assertThatCode(() -> SAME.run(output, NONE)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"o.mkv", "o.ts", "o.gif"})
  void aTruncatedFileIsRejected(String name) throws IOException {
    Path output = made(name);
    byte[] bytes = Files.readAllBytes(output);
    Files.write(output, Arrays.copyOf(bytes, bytes.length / 2));

    assertThatThrownBy(() -> SAME.run(output))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("was discarded, because reading it back failed")
        .matches(e -> ((MediaException) e).isLasting());
    assertThatThrownBy(() -> SAME.run(output, NONE)).isInstanceOf(MediaException.class);
  }

  /** FFmpeg does not tell whether the file, the disk or a lack of memory is at fault. */
  @Test
  void aFileThatCannotBeReadNowIsRejectedForNow() throws IOException {
    Path output = Files.writeString(folder.resolve("o.mp4"), "no video".repeat(100));

    assertThatThrownBy(() -> SAME.run(output))
        .isInstanceOf(MediaException.class)
        .hasMessageContaining("was discarded, because reading it back failed")
        .matches(e -> !((MediaException) e).isLasting());
  }

  @Test
  void framesStreamsAndDurationAreChecked() {
    Path output = made("o.mp4");

    assertThatThrownBy(() -> new OutputCheck(41, 1.95, 1).run(output))
        .hasMessageEndingWith("40 frames instead of 41")
        .matches(e -> ((MediaException) e).isLasting());
    assertThatThrownBy(() -> new OutputCheck(41, 1.95, 1).run(output, NONE))
        .hasMessageEndingWith("40 frames instead of 41");
    assertThatThrownBy(() -> new OutputCheck(40, 1.95, 9).run(output))
        .hasMessageContaining("streams instead of 9");
    assertThatThrownBy(() -> new OutputCheck(40, 2.95, 1).run(output))
        .hasMessageContaining("seconds instead of 2.95");
  }
}
