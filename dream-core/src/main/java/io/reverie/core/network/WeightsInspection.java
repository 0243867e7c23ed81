package io.reverie.core.network;

import io.reverie.core.network.descriptor.Classes;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.NetworkDescriptor.Kind;
import io.reverie.core.network.descriptor.NetworkDescriptor.Release;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.network.descriptor.WeightsFacts;
import io.reverie.core.network.onnx.OnnxDescriptor;
import io.reverie.core.network.onnx.OnnxImporter;
import io.reverie.core.network.onnx.OnnxNetwork;
import io.reverie.core.weights.WeightsFile;
import io.reverie.core.weights.onnx.OnnxFile;
import io.reverie.core.weights.tensor.StateDict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Determines facts about a network from its weights; see {@link Networks#facts}.
 *
 * @param weights a local file
 */
record WeightsInspection(NetworkDescriptor descriptor, Path weights) {

  WeightsFacts facts(String sha256) {
    Optional<Preprocessing> known = descriptor.release(sha256).map(Release::preprocessing);
    WeightsFacts plain = WeightsFacts.plain(known.orElse(descriptor.preprocessing()));
    if (descriptor.kind() != Kind.LAYERS) {
      return known.isEmpty() && OnnxDescriptor.isImplied(descriptor) ? implied(plain) : plain;
    }
    StateDict read = WeightsFile.read(weights);
    WeightsMatch match = WeightsMatch.of(descriptor, read);
    List<String> remarks = new ArrayList<>(match.remarks());
    List<String> labels = labels(match, remarks);
    WeightsFacts facts =
        new WeightsFacts(
            match.prefix(),
            match.outputs(),
            match.cut(),
            match.lacking(),
            labels,
            plain.preprocessing(),
            true,
            remarks);
    if (known.isPresent()) {
      return facts;
    }
    StateDict named = WeightsMatch.named(descriptor.body().orElseThrow(), read);
    Optional<Release> same =
        descriptor.releaseOfKernel(InputEvidence.firstKernel(descriptor, named));
    if (same.isPresent()) {
      return facts.saying(same.get().preprocessing());
    }
    // A user's own descriptor states its preprocessing.
    return Networks.isBuiltIn(descriptor)
        ? facts.assuming(likely(descriptor.adapted(facts), named))
        : facts;
  }

  /** The names next to the graph in a zip, for classes that have none but their numbers. */
  private List<String> labels(WeightsMatch match, List<String> remarks) {
    Optional<Classes> numbered = descriptor.classes().filter(Classes::isNumbered);
    if (numbered.isEmpty() || !match.cut().isEmpty()) {
      return List.of();
    }
    List<String> labels = WeightsFile.labels(weights);
    int count = match.outputs() > 0 ? match.outputs() : numbered.get().names().size();
    if (labels.size() > count) {
      remarks.add(
          "it names %d classes, but has %d, which go by their numbers"
              .formatted(labels.size(), count));
      return List.of();
    }
    return labels;
  }

  /** The facts of an ONNX model without a descriptor. */
  private WeightsFacts implied(WeightsFacts plain) {
    OnnxNetwork onnx = OnnxImporter.of(OnnxFile.read(weights));
    NetworkDescriptor whole = descriptor.withBody(onnx.body());
    return Networks.releaseOfKernel(InputEvidence.firstKernel(whole, onnx.weights()))
        .map(release -> plain.saying(release.preprocessing()))
        .orElseGet(() -> plain.assuming(likely(whole, onnx.weights())));
  }

  private static Preprocessing likely(NetworkDescriptor network, StateDict tensors) {
    return InputEvidence.isCaffe(network, tensors) ? Preprocessing.CAFFE : network.preprocessing();
  }
}
