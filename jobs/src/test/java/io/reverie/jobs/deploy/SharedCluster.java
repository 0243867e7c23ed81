package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Hands the same cluster to every test that takes a {@link LaptopCluster}: two workers of one core,
 * each with a GPU at the made-up address 7. It starts with the first of them.
 */
final class SharedCluster implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(SharedCluster.class);

  private static final String GPU_SCRIPT =
      "#!/bin/sh\necho '{\"name\":\"gpu\",\"addresses\":[\"7\"]}'\n";

  private record Started(Path folder, LaptopCluster cluster) implements AutoCloseable {

    static Started start() {
      try {
        Path folder = Files.createTempDirectory("reverie-cluster");
        Path script = Files.writeString(folder.resolve("gpu 7"), GPU_SCRIPT);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        String[] options = {"--workers", "2", "--gpu-script", script.toString()};
        return new Started(
            folder, LaptopCluster.start(folder.resolve("cluster"), Map.of(), options));
      } catch (Exception e) {
        throw new IllegalStateException("the shared cluster did not start", e);
      }
    }

    @Override
    public void close() throws Exception {
      cluster.close();
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : all) {
      Files.delete(file);
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == LaptopCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .getOrComputeIfAbsent(Started.class, key -> Started.start(), Started.class)
        .cluster();
  }
}
