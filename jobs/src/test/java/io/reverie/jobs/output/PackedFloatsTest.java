package io.reverie.jobs.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedFloatsTest {

  private static byte[] packed(byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream floats = PackedFloats.writer(out)) {
      floats.write(content, 0, content.length / 3);
      floats.flush();
      for (int i = content.length / 3; i < content.length / 2; i++) {
        floats.write(content[i]);
      }
      floats.write(content, content.length / 2, content.length - content.length / 2);
    }
    return out.toByteArray();
  }

  private static byte[] unpacked(byte[] packed) throws IOException {
    try (InputStream in = PackedFloats.reader(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }

  private static byte[] floats(int count) {
    Random random = new Random(1);
    ByteBuffer bytes = ByteBuffer.allocate(Float.BYTES * count);
    for (int i = 0; i < count; i++) {
      bytes.putFloat((float) (Math.sin(i / 50.0) + random.nextGaussian() / 1000));
    }
    return bytes.array();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, 4, 5, 1000, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, 3_500_003})
  void everyByteComesBack(int length) throws IOException {
    byte[] content = Arrays.copyOf(floats(1_000_000), length);
    assertThat(Arrays.equals(unpacked(packed(content)), content)).isTrue();
  }

  @Test
  void neighboursThatAreAlikeBecomeSmaller() throws IOException {
    byte[] content = floats(1_000_000);
    assertThat(packed(content).length).isLessThan(content.length * 8 / 10);
  }

  @Test
  void aFileThatIsCutOffIsFoundOut() throws IOException {
    byte[] packed = packed(floats(400_000));
    for (int length : new int[] {0, 3, 4, 8, 100, packed.length / 2, packed.length - 1}) {
      assertThatThrownBy(() -> unpacked(Arrays.copyOf(packed, length)))
          .isInstanceOf(EOFException.class);
    }
  }

  @Test
  void aDamagedFileIsFoundOut() throws IOException {
    byte[] packed = packed(floats(1000));
    packed[0] = 127;
    assertThatThrownBy(() -> unpacked(packed)).isInstanceOf(EOFException.class);
    assertThatThrownBy(
            () -> unpacked("a checkpoint of an earlier version".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(EOFException.class);
  }
}
