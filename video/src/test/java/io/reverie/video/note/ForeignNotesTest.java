package io.reverie.video.note;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files made to hang or overload a reader of notes. */
class ForeignNotesTest {

  @ParameterizedTest
  @ValueSource(ints = {-12, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void aPngWithALoopingChunkHasNoNote(int length) {
    byte[] still =
        ByteBuffer.allocate(64)
            .put("\u0089PNG\r\n\u001a\n".getBytes(ISO_8859_1))
            .putInt(length)
            .put("abcd".getBytes(ISO_8859_1))
            .array();
    assertTimeoutPreemptively(
        Duration.ofSeconds(10), () -> assertThat(StillNotes.read(still)).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"<a>", "<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc/passwd'><x>"})
  void aDeeplyNestedPacketHasNoNote(String start) {
    byte[] packet =
        (start
                + "<r:note xmlns:r='urn:io.reverie:note/'>"
                + "<a>".repeat(1_000_000)
                + "</a>".repeat(1_000_000)
                + "</r:note></a>")
            .getBytes(UTF_8);
    assertThat(Xmp.text(packet)).isEmpty();
  }

  @Test
  void anOversizedPacketIsNotParsed() {
    byte[] packet = ("<a>" + " ".repeat(9 << 20) + "</a>").getBytes(UTF_8);
    assertThat(Xmp.text(packet)).isEmpty();
  }
}
