package io.reverie.core.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.core.DreamException;
import io.reverie.core.weights.tensor.StateDict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  @TempDir Path folder;

  @Test
  void everyTypeIsConvertedToFloat32InFileOrder() throws IOException {
    String header =
        """
        {"__metadata__":{"format":"pt"},
         "z":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},
         "half":{"dtype":"F16","shape":[2],"data_offsets":[8,12]},
         "brain":{"dtype":"BF16","shape":[2],"data_offsets":[12,16]},
         "double":{"dtype":"F64","shape":[],"data_offsets":[16,24]},
         "long":{"dtype":"I64","shape":[1],"data_offsets":[24,32]},
         "int":{"dtype":"I32","shape":[1],"data_offsets":[32,36]},
         "none":{"dtype":"F32","shape":[0,3],"data_offsets":[36,36]}}""";
    ByteBuffer data = ByteBuffer.allocate(36).order(ByteOrder.LITTLE_ENDIAN);
    data.putFloat(0.1f).putFloat(-2).putShort((short) 0xc000).putShort((short) 1);
    data.putShort((short) 0x3fc0).putShort((short) 0xff80).putDouble(Math.PI);
    data.putLong(-5).putInt(1 << 20);
    StateDict weights = WeightsFile.read(file(header, data.array()));
    assertThat(weights.names())
        .containsExactly("z", "half", "brain", "double", "long", "int", "none");
    assertThat(weights.get("z").shape()).containsExactly(2, 1);
    assertThat(weights.get("z").values()).containsExactly(0.1f, -2f);
    assertThat(weights.get("half").values()).containsExactly(-2f, 0x1p-24f);
    assertThat(weights.get("brain").values()).containsExactly(1.5f, Float.NEGATIVE_INFINITY);
    assertThat(weights.get("double").values()).containsExactly((float) Math.PI);
    assertThat(weights.get("long").values()).containsExactly(-5f);
    assertThat(weights.get("int").values()).containsExactly(1048576f);
    assertThat(weights.get("none").values()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "beyond the end; F32; [2]; [4,12]",
        "before the beginning; F32; [1]; [-4,0]",
        "backwards; F32; [-1]; [4,0]",
        "another size than the shape's; F32; [3]; [0,8]",
        "a product beyond 64 bits; F32; [4294967296,4294967296]; [0,0]",
        "a type that no weights have; C64; [1]; [0,8]",
        "no numbers; F32; ['x']; [0,8]"
      })
  void entriesThatDoNotFitTheFileAreReportedByName(
      String what, String type, String shape, String offsets) throws IOException {
    String header =
        "{\"odd.weight\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
            .formatted(type, shape, offsets);
    Path file = file(header, new byte[8]);
    assertThatThrownBy(() -> WeightsFile.read(file))
        .as(what)
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("odd.weight", file.toString());
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 43, Integer.MAX_VALUE, Long.MAX_VALUE})
  void impossibleHeaderLengthsAreRejected(long length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(50).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = Files.write(folder.resolve("odd.safetensors"), bytes.array());
    assertThatThrownBy(() -> WeightsFile.read(file))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("neither a PyTorch nor a safetensors file");
  }

  @Test
  void aWebPageSavedAsWeightsIsRejected() throws IOException {
    Path page = Files.writeString(folder.resolve("googlenet.pth"), "<html><body>404</body></html>");
    assertThatThrownBy(() -> WeightsFile.read(page))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("googlenet.pth", "is a web page");
  }

  @Test
  void missingFilesAndTensorsAreNamed() throws IOException {
    assertThatThrownBy(() -> WeightsFile.read(folder.resolve("nowhere.pth")))
        .isInstanceOf(DreamException.class)
        .hasMessageContaining("nowhere.pth");
    String header = "{\"conv1.weight\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
    StateDict weights = WeightsFile.read(file(header, new byte[8]));
    assertThat(weights.has("conv1.weight")).isTrue();
    assertThatThrownBy(() -> weights.get("conv1.bias"))
        .isInstanceOf(DreamException.class)
        .hasMessageContainingAll("conv1.bias", "conv1.weight");
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + text.length + data.length);
    bytes.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text).put(data);
    return Files.write(folder.resolve("test.safetensors"), bytes.array());
  }
}
