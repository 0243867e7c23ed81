package io.reverie.jobs.cli;

import io.reverie.core.Size;
import io.reverie.core.network.Network;
import io.reverie.core.network.Networks;
import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.graph.Layer;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.spec.rule.SizeRule;
import io.reverie.jobs.storage.Location;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "networks",
    description = "List the networks, or the layers, classes and presets of one.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Examples:",
      "  reverie networks",
      "  reverie networks googlenet --size 1280x720",
      "  reverie networks squeezenet1_0 --classes fish",
      "  reverie networks resnet18 --weights birds.pth"
    })
final class NetworksCommand implements Callable<Integer> {

  @Spec private CommandSpec command;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "Built-in network, descriptor file or ONNX model (.onnx).")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "WxH",
      description = "Image size for which to print the layers' shapes (default: ${DEFAULT-VALUE}).",
      defaultValue = "640x360")
  private String size = "";

  @Option(
      names = "--classes",
      arity = "0..1",
      fallbackValue = "",
      paramLabel = "TEXT",
      description =
          "List the classes and their numbers, optionally only names that contain TEXT (default: no list).")
  private Optional<String> classes = Optional.empty();

  @Option(
      names = "--weights",
      paramLabel = "FILE-OR-URI",
      description =
          "Show the network with these weights, and what is assumed about them (default: as published).")
  private Optional<String> weights = Optional.empty();

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    if (name.isEmpty()) {
      if (classes.isPresent() || weights.isPresent()) {
        throw UserException.usage(
            "--%s needs a network; name one first"
                .formatted(classes.isPresent() ? "classes" : "weights"));
      }
      Networks.names().forEach(n -> out.printf("%-20s%s%n", n, Networks.descriptor(n).title()));
    } else {
      show(out);
    }
    out.flush();
    return Reverie.DONE;
  }

  private void show(PrintWriter out) {
    Optional<ResolvedSpec> given = given();
    NetworkDescriptor network =
        given.map(ResolvedSpec::network).orElseGet(() -> SpecLoader.descriptor(name.orElseThrow()));
    if (classes.isPresent()) {
      listClasses(network, classes.get(), out);
    } else {
      describe(network, given, out);
    }
  }

  /** The network with the weights that the user names here or in a descriptor of their own. */
  private Optional<ResolvedSpec> given() {
    String network = name.orElseThrow();
    List<Overlay> overlays = new ArrayList<>(List.of(Overlay.ofOption("NAME", "network", network)));
    weights.ifPresent(file -> overlays.add(Overlay.ofOption("--weights", "weights", file)));
    SpecLoader.Loaded loaded = SpecLoader.load(overlays);
    boolean beside =
        loaded.isFromFile()
            && loaded.network().body().isPresent()
            && loaded.network().weights().stream()
                .limit(1)
                .map(release -> new Location(release.uri()))
                .anyMatch(file -> file.isLocal() && Files.isRegularFile(file.path()));
    return weights.isPresent() || beside
        ? Optional.of(new WeightsStore(CacheFolder.path()).resolve(loaded))
        : Optional.empty();
  }

  private void describe(NetworkDescriptor network, Optional<ResolvedSpec> given, PrintWriter out) {
    out.printf("%s: %s%n", network.name(), network.title());
    if (weights.isPresent()) {
      out.printf("weights: %s%n", weights.get());
    } else {
      network.weights().forEach(w -> out.printf("weights: %s, %s%n", w.uri(), w.licence()));
    }
    given.ifPresent(
        resolved -> {
          resolved.assumed().forEach(each -> out.printf("assumed: %s%n", each));
          out.printf("preprocessing: %s%n", network.preprocessing().inWords());
        });
    out.printf("default layer: %s%n", network.layer());
    network
        .classes()
        .ifPresent(c -> out.printf("classes: %d, at %s%n", c.names().size(), c.layer()));
    out.printf("settings: %s%n", new TreeMap<>(network.defaults()));
    List<Layer> layers = layers(network);
    int width = layers.stream().mapToInt(l -> l.name().length()).max().orElse(0);
    String row = "%-" + Math.max(16, width) + "s %8s %8s %8s";
    out.printf("%n" + row + "   for %s px%n", "layer", "channels", "height", "width", size);
    layers.forEach(l -> out.printf(row + "%n", l.name(), l.channels(), l.height(), l.width()));
    if (!network.presets().isEmpty()) {
      out.printf("%npresets:%n");
      new TreeMap<>(network.presets()).forEach((n, preset) -> out.printf("%-16s%s%n", n, preset));
    }
  }

  private void listClasses(NetworkDescriptor network, String text, PrintWriter out) {
    Classes classes =
        network
            .classes()
            .orElseThrow(
                () ->
                    UserException.environment(
                        weights.isPresent()
                            ? "the weights %s of %s have no classes"
                                .formatted(weights.get(), network.name())
                            : "the network %s has no classes".formatted(network.name())));
    List<Integer> found = classes.matching(text);
    if (found.isEmpty()) {
      throw UserException.environment(
          "no class of %s contains '%s'".formatted(network.name(), text));
    }
    found.forEach(id -> out.printf("%4d  %s%n", id, classes.names().get(id)));
  }

  private List<Layer> layers(NetworkDescriptor network) {
    if (size.startsWith("x") || size.endsWith("x") || size.equals("auto")) {
      throw UserException.usage(
          "invalid --size '%s'; expected WxH, such as 640x360".formatted(size));
    }
    Size image = new SizeRule(size).of(new Size(1, 1));
    if (network.body().isPresent()) {
      return network.layers(image);
    }
    // The layers of a TorchScript module or an ONNX model are known only from its file.
    SpecLoader.Loaded loaded =
        SpecLoader.load(List.of(Overlay.ofOption("NAME", "network", name.orElseThrow())));
    Network module =
        LoadedNetworks.of(
            new WeightsStore(CacheFolder.path()).resolve(loaded.spec(), network), "cpu");
    return module.layers(image);
  }
}
