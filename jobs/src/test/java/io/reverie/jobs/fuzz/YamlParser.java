package io.reverie.jobs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reverie.core.DreamException;
import io.reverie.core.dream.DreamDefaults;
import io.reverie.core.network.Networks;
import io.reverie.jobs.cli.CutsReading;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.Recipe;
import io.reverie.jobs.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Parses a text as settings, as a network's descriptor, and as a list of cuts. */
final class YamlParser implements Parser {

  private static final Path REFERENCE =
      Path.of("src/main/resources/io/reverie/jobs/spec/reference.yaml");
  private static final Path NETWORKS =
      Path.of("../dream-core/src/main/resources/io/reverie/core/network");

  @Override
  public void read(byte[] input, Room room) throws IOException {
    String text = new String(input, UTF_8);
    Path cuts = room.file("cuts", input);
    refused(() -> SpecLoader.load(List.of(Overlay.ofYaml(text, "it"))));
    refused(() -> Networks.parse(text, "it"));
    CutsReading.times(cuts);
  }

  private static void refused(Runnable reading) {
    try {
      reading.run();
    } catch (UserException | DreamException e) {
      // Refusing the text is allowed.
      return;
    }
  }

  @Override
  public List<byte[]> seeds(Room room) throws IOException {
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(Files.readAllBytes(REFERENCE));
    seeds.add(DreamDefaults.yaml().getBytes(UTF_8));
    for (String name : Recipe.names()) {
      seeds.add(Recipe.of(name).yaml().getBytes(UTF_8));
    }
    try (Stream<Path> files = Files.list(NETWORKS)) {
      for (Path file : files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList()) {
        seeds.add(Files.readAllBytes(file));
      }
    }
    seeds.add(
        "name: n\nlayers: [{conv: {name: c, out: 2}}, relu, {pool: {size: 2}}]".getBytes(UTF_8));
    seeds.add("0\n1.5 # here\n00:00:02.5\n".getBytes(UTF_8));
    seeds.add("{\"version\": 1, \"cuts\": [0, 1.5, 2e1]}".getBytes(UTF_8));
    seeds.add("strength: {0: 0.1, 2s: 0.9, 50%: {value: 1, ease: smooth}}".getBytes(UTF_8));
    seeds.add("strength: {sound: bass, from: 0.1, to: 0.9}".getBytes(UTF_8));
    return seeds;
  }

  @Override
  public List<String> words() {
    List<String> words =
        new ArrayList<>(
            List.of(
                "!!java",
                "&a ",
                "*a",
                "<<: *a",
                "---\n",
                "...\n",
                "? ",
                "| ",
                "> ",
                "1e999999999",
                ".inf",
                ".nan",
                "0x7fffffff",
                "-9223372036854775808",
                "true",
                "null",
                "auto"));
    try (Stream<String> lines = Files.lines(REFERENCE)) {
      lines
          .filter(line -> line.matches("\\s*\\w+:.*"))
          .map(line -> line.strip().replaceFirst(":.*", ": "))
          .distinct()
          .forEach(words::add);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return words;
  }
}
