package io.reverie.core.dream.lockstep;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.dream.gradient.Gradient;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests that pass the network together.
 *
 * @param load the share of the device's capacity that they take, above 0 and at most 1
 */
record Batch(Pass pass, List<Request> requests, double load) {

  Batch {
    requests = List.copyOf(requests);
    if (requests.isEmpty()) {
      throw new IllegalArgumentException("an empty batch");
    }
  }

  int size() {
    return requests.size();
  }

  /** Computes the gradients, each in the scope of its request. */
  List<NDArray> gradients() {
    if (size() == 1) {
      return List.of(requests.get(0).alone());
    }
    List<Request.Part> parts = requests.stream().map(Request::part).toList();
    try (NDManager shared = pass.network().manager().newSubManager()) {
      List<NDArray> gradients =
          Gradient.together(
              parts.stream().map(Request.Part::gradient).toList(),
              parts.stream().map(Request.Part::image).toList(),
              shared);
      IntStream.range(0, size()).forEach(i -> gradients.get(i).attach(parts.get(i).scope()));
      return gradients;
    }
  }

  /** Gives each request its gradient, or lets all ask again if there are none. */
  void end(List<NDArray> gradients) {
    for (int i = 0; i < size(); i++) {
      if (gradients.isEmpty()) {
        requests.get(i).retry();
      } else {
        requests.get(i).end(gradients.get(i));
      }
    }
  }
}
