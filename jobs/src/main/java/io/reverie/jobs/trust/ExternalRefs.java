package io.reverie.jobs.trust;

import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.trust.ExternalRef.Act;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lists what settings name beside themselves, before any of it is opened. */
public final class ExternalRefs {

  private ExternalRefs() {}

  /**
   * Of settings; their network's descriptor has been read.
   *
   * @param store that knows what was downloaded before
   */
  public static List<ExternalRef> of(SpecLoader.Loaded settings, WeightsStore store) {
    List<ExternalRef> all = new ArrayList<>();
    PipelineSpec spec = settings.spec();
    NetworkDescriptor network = settings.network();
    boolean own = !spec.weights().equals("auto");
    Optional<String> weights = own ? Optional.of(spec.weights()) : published(network);
    weights.ifPresent(
        address -> {
          Act act = own ? Act.READ : act(address, store.isDownload(spec, network));
          all.add(new ExternalRef(act, ExternalRef.WEIGHTS, address));
          if (network.body().isEmpty()) {
            all.add(new ExternalRef(Act.RUN, "the TorchScript module", address));
          }
        });
    Optional<String> mask = spec.mask().picture();
    for (String file : spec.files()) {
      String role = mask.equals(Optional.of(file)) ? "the mask" : "the guide";
      all.add(new ExternalRef(Act.READ, role, file));
    }
    return all;
  }

  private static Act act(String address, boolean download) {
    if (download) {
      return Act.DOWNLOAD;
    }
    return WeightsStore.isAddress(address) ? Act.REUSE : Act.READ;
  }

  /** Empty for those that are inside the program. */
  private static Optional<String> published(NetworkDescriptor network) {
    return network.weights().stream()
        .map(Release::uri)
        .findFirst()
        .filter(uri -> !uri.startsWith("resource:"));
  }

  /**
   * Tells people.
   *
   * @param whose text names them
   */
  public static void print(String whose, List<ExternalRef> needs, PrintWriter out) {
    if (!needs.isEmpty()) {
      out.println(whose);
      needs.forEach(need -> out.println("  " + need.line()));
      out.flush();
    }
  }
}
