package io.reverie.core.network;

import ai.djl.Device;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Networks for tests. */
public final class TestNetworks {

  private TestNetworks() {}

  /** The default network; the caller closes. */
  public static Network embedded(DataType type) throws IOException {
    NetworkDescriptor descriptor = Networks.descriptor("embedded");
    Path file = Files.createTempFile("embedded", ".safetensors");
    try (InputStream in = Networks.resource(descriptor.weights().get(0).uri())) {
      Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      return Networks.load(descriptor, file, descriptor.preprocessing(), Device.cpu(), type);
    } finally {
      Files.delete(file);
    }
  }
}
