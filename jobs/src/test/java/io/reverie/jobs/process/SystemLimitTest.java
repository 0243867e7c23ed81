package io.reverie.jobs.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.error.UserException;
import io.reverie.video.MediaException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class SystemLimitTest {

  private static String sentence(Throwable e) {
    return SystemLimit.sentence(e).orElse("none");
  }

  @Test
  void eachLimitHasItsRemedyHoweverDeepItsCause() {
    assertThat(
            sentence(
                new ExceptionInInitializerError(
                    new IllegalStateException(
                        new OutOfMemoryError(
                            "unable to create native thread: possibly out of memory")))))
        .contains("ulimit -u");
    assertThat(sentence(new OutOfMemoryError("Java heap space"))).contains("REVERIE_MEMORY");
    assertThat(sentence(new IOException("/a/b: Too many open files"))).contains("ulimit -n");
    assertThat(sentence(new IOException("No space left on device"))).contains("the disk is full");
    assertThat(sentence(new UnsatisfiedLinkError("libx.so: File too large"))).contains("ulimit -f");
    assertThat(
            sentence(
                new UnsatisfiedLinkError(
                    "/t/n/libgomp.so.1: /t/n/libgomp.so.1: failed to map segment from shared object")))
        .contains("from /t/n;")
        .contains("REVERIE_CACHE");
  }

  @Test
  void inOurOwnMessagesOnlyTheSystemsWordsAtTheEndCount() {
    assertThat(sentence(new MediaException("a.mkv: cannot be written (File too large)")))
        .contains("a.mkv");
    assertThat(sentence(UserException.usage("there is no file 'No space left'; check it")))
        .isEqualTo("none");
  }
}
