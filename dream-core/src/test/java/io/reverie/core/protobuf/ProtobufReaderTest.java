package io.reverie.core.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtobufReaderTest {

  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    writing.to(out);
    out.flush();
    return bytes.toByteArray();
  }

  private static ProtobufReader reader(byte[] bytes) throws MalformedProtobuf {
    return ProtobufReader.of(new ByteArrayInputStream(bytes), bytes.length);
  }

  private static ProtobufReader reader(int... bytes) throws MalformedProtobuf {
    byte[] narrow = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      narrow[i] = (byte) bytes[i];
    }
    return reader(narrow);
  }

  private static List<Integer> fields(ProtobufReader reader) throws IOException, MalformedProtobuf {
    List<Integer> fields = new ArrayList<>();
    while (reader.next()) {
      fields.add(reader.field());
    }
    return fields;
  }

  @Test
  void valuesComeInTheOrderOfTheFile() throws Exception {
    ProtobufReader reader =
        reader(
            written(
                out -> {
                  out.writeString(1, "conv1/7x7_s2");
                  out.writeInt64(2, -3);
                  out.writeFloat(3, 0.25f);
                  out.writeDouble(4, 1e-300);
                  out.writeBool(5, true);
                }));
    assertThat(reader.next()).isTrue();
    assertThat(reader.text(20)).isEqualTo("conv1/7x7_s2");
    assertThat(reader.next()).isTrue();
    assertThat(reader.integer()).isEqualTo(-3);
    assertThat(reader.next()).isTrue();
    assertThat(reader.float32()).isEqualTo(0.25f);
    assertThat(reader.next()).isTrue();
    assertThat(reader.float64()).isEqualTo(1e-300);
    assertThat(reader.next()).isTrue();
    assertThat(reader.integer()).isEqualTo(1);
    assertThat(reader.next()).isFalse();
  }

  @Test
  void whatIsNotReadIsSkipped() throws Exception {
    byte[] bytes =
        written(
            out -> {
              out.writeString(1, "skipped");
              out.writeInt32(2, 300);
              out.writeFloat(3, 1);
              out.writeDouble(4, 1);
              out.writeByteArray(5, new byte[200_000]);
              out.writeInt32(6, 7);
            });
    assertThat(fields(reader(bytes))).containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void aMessageMayBeLeftEarly() throws Exception {
    byte[] inner =
        written(
            out -> {
              out.writeInt32(1, 5);
              out.writeString(2, "left alone");
              out.writeInt32(3, 6);
            });
    ProtobufReader reader =
        reader(
            written(
                out -> {
                  out.writeByteArray(7, inner);
                  out.writeInt32(8, 9);
                }));
    reader.next();
    reader.message(
        () -> {
          reader.next();
          assertThat(reader.integer()).isEqualTo(5);
          reader.next();
        });
    assertThat(fields(reader)).containsExactly(8);
  }

  @Test
  void bytesAreFoundByTheirPlaceInTheStream() throws Exception {
    byte[] content = new byte[100_000];
    Arrays.fill(content, (byte) 42);
    byte[] inner = written(out -> out.writeByteArray(5, content));
    byte[] bytes =
        written(
            out -> {
              out.writeString(1, "name");
              out.writeByteArray(2, inner);
              out.writeFloat(3, 1);
            });
    ProtobufReader reader = reader(bytes);
    List<Extent> found = new ArrayList<>();
    reader.next();
    reader.next();
    reader.message(
        () -> {
          reader.next();
          found.add(reader.bytes());
        });
    reader.next();
    found.add(reader.bytes());
    Extent data = found.get(0);
    assertThat(Arrays.copyOfRange(bytes, data.position(), data.position() + data.length()))
        .isEqualTo(content);
    assertThat(found.get(1)).isEqualTo(new Extent(bytes.length - 4, 4));
  }

  @Test
  void bothFormsOfARepeatedIntegerAreRead() throws Exception {
    byte[] bytes =
        written(
            out -> {
              out.writeInt64(1, 11);
              out.writeByteArray(1, new byte[] {1, (byte) 0xac, 2, 3});
            });
    ProtobufReader reader = reader(bytes);
    reader.next();
    assertThat(reader.integers(3)).containsExactly(11);
    reader.next();
    assertThat(reader.integers(3)).containsExactly(1, 300, 3);
    ProtobufReader again = reader(bytes);
    again.next();
    again.next();
    assertThatThrownBy(() -> again.integers(2))
        .isInstanceOf(MalformedProtobuf.class)
        .hasMessageContaining("more than 2 numbers");
  }

  @Test
  void aLengthBeyondItsMessageIsRejectedBeforeItIsAllocated() throws Exception {
    ProtobufReader inFile = reader(0x0a, 0xff, 0xff, 0xff, 0x7f, 1);
    inFile.next();
    assertThatThrownBy(() -> inFile.text(Integer.MAX_VALUE))
        .isInstanceOf(MalformedProtobuf.class)
        .hasMessageContaining("declares 268435455 bytes where 1 are left");
    // The inner message has 2 bytes, and the text in it claims 5 of the outer one.
    ProtobufReader inMessage = reader(0x0a, 2, 0x0a, 5, 1, 1, 1, 1, 1);
    inMessage.next();
    assertThatThrownBy(
            () ->
                inMessage.message(
                    () -> {
                      inMessage.next();
                      inMessage.text(10);
                    }))
        .isInstanceOf(MalformedProtobuf.class)
        .hasMessageContaining("declares 5 bytes where 0 are left");
  }

  @Test
  void anotherTypeThanExpectedIsRejected() throws Exception {
    ProtobufReader reader = reader(0x08, 1);
    reader.next();
    assertThatThrownBy(() -> reader.text(10))
        .isInstanceOf(MalformedProtobuf.class)
        .hasMessageContaining("its field 1 has another type");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x0b, 0x0c, 0x0e, 0x0f})
  void groupsAndUnknownEncodingsAreRejected(int tag) throws Exception {
    ProtobufReader reader = reader(tag, 1);
    assertThatThrownBy(reader::next)
        .isInstanceOf(MalformedProtobuf.class)
        .hasMessageContaining("a field of the encoding " + (tag & 7));
  }

  @Test
  void brokenFieldsAreRejected() throws Exception {
    ProtobufReader numberless = reader(0x02, 0);
    assertThatThrownBy(numberless::next).isInstanceOf(MalformedProtobuf.class);
    ProtobufReader endless = reader(0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255);
    endless.next();
    assertThatThrownBy(endless::integer).isInstanceOf(MalformedProtobuf.class);
    ProtobufReader truncated = reader(0x0d, 1, 2);
    truncated.next();
    assertThatThrownBy(truncated::float32).isInstanceOf(MalformedProtobuf.class);
  }

  @Test
  void deepNestingIsRejected() throws Exception {
    byte[] nested = {};
    for (int i = 0; i <= ProtobufReader.DEEPEST; i++) {
      byte[] inner = nested;
      nested = written(out -> out.writeByteArray(1, inner));
    }
    ProtobufReader reader = reader(nested);
    assertThatThrownBy(() -> descend(reader))
        .isInstanceOf(MalformedProtobuf.class)
        .hasMessageContaining("nested more than 32 deep");
  }

  private static void descend(ProtobufReader reader) throws IOException, MalformedProtobuf {
    if (reader.next()) {
      reader.message(() -> descend(reader));
    }
  }

  @Test
  void manyTinyFieldsAreRejected() throws Exception {
    byte[] bytes = new byte[2 * (ProtobufReader.MAX_FIELDS + 1)];
    for (int i = 0; i < bytes.length; i += 2) {
      bytes[i] = 0x08;
    }
    ProtobufReader reader = reader(bytes);
    assertThatThrownBy(() -> fields(reader))
        .isInstanceOf(MalformedProtobuf.class)
        .hasMessageContaining("more than 4194304 fields");
  }

  @Test
  void aStreamLongerThanAMessageCanBeIsRejected() {
    assertThatThrownBy(() -> ProtobufReader.of(InputStream.nullInputStream(), 1L << 31))
        .isInstanceOf(MalformedProtobuf.class)
        .hasMessageContaining("2147483648 bytes");
  }
}
