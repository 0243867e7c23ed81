package io.reverie.jobs.trust;

import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.NetworkDescriptor.Kind;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.trust.ExternalRef.AccessKind;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists the files and addresses that settings refer to, before any of them is opened. */
public final class ExternalRefs {

  private ExternalRefs() {}

  /**
   * Lists the references of settings.
   *
   * @param store knows which weights were downloaded before
   */
  public static List<ExternalRef> of(SpecLoader.Loaded settings, WeightsStore store) {
    List<ExternalRef> all = new ArrayList<>();
    PipelineSpec spec = settings.spec();
    NetworkDescriptor network = settings.network();
    boolean custom = !spec.weights().equals("auto");
    Optional<String> weights = custom ? Optional.of(spec.weights()) : published(network);
    weights.ifPresent(
        address -> {
          AccessKind accessKind =
              custom ? AccessKind.READ : accessKind(address, store.isDownload(spec, network));
          all.add(new ExternalRef(accessKind, ExternalRef.WEIGHTS, address));
          if (accessKind == AccessKind.DOWNLOAD) {
            network.weights().get(0).mirrors().stream()
                .map(mirror -> new ExternalRef(accessKind, ExternalRef.WEIGHTS, mirror))
                .forEach(all::add);
          }
          if (network.kind() == Kind.TORCHSCRIPT) {
            all.add(new ExternalRef(AccessKind.RUN, "the TorchScript module", address));
          }
        });
    Optional<String> mask = spec.mask().picture();
    for (String file : spec.files()) {
      String role = mask.equals(Optional.of(file)) ? "the mask" : "the guide";
      all.add(new ExternalRef(AccessKind.READ, role, file));
    }
    return all;
  }

  private static AccessKind accessKind(String address, boolean download) {
    if (download) {
      return AccessKind.DOWNLOAD;
    }
    return WeightsStore.isAddress(address) ? AccessKind.REUSE : AccessKind.READ;
  }

  /** The address of the published weights; empty for those that ship with Reverie. */
  private static Optional<String> published(NetworkDescriptor network) {
    return network.weights().stream()
        .map(Release::uri)
        .findFirst()
        .filter(uri -> !uri.startsWith("resource:"));
  }

  /**
   * Prints the references.
   *
   * @param heading line above the list
   */
  public static void print(String heading, List<ExternalRef> refs, PrintWriter out) {
    if (!refs.isEmpty()) {
      out.println(heading);
      refs.forEach(ref -> out.println("  " + ref.line()));
      out.flush();
    }
  }
}
