package io.reverie.core.weights.torch;

import io.reverie.core.pickle.Dictionary;
import io.reverie.core.pickle.Foreign;
import io.reverie.core.pickle.Items;
import io.reverie.core.pickle.Tuple;
import io.reverie.core.text.Listing;
import io.reverie.core.weights.source.ForeignFormat;
import io.reverie.core.weights.source.MalformedWeights;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the map of a network's tensors in a checkpoint by its structure, under whatever name:
 * {@code model}, {@code model_state_dict}, {@code net}, {@code params_ema}.
 */
final class TensorMaps {

  /** A convolution's kernel. */
  private static final int KERNEL_DIMENSIONS = 4;

  private static final int DEEPEST = 8;

  /** More values than any checkpoint's containers hold; the pickle's memory is bounded, too. */
  private static final int MAX_VISITS = 1_000_000;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final List<Found> kernels = new ArrayList<>();
  private final List<Found> others = new ArrayList<>();

  private TensorMaps() {}

  /**
   * A dictionary with tensors.
   *
   * @param path keys from the top, separated by dots; empty for the top itself
   */
  private record Found(String path, Dictionary map) {}

  private record Place(String path, Object value, int depth) {}

  /**
   * Returns the one dictionary with the kernels of convolutions, or, if there is none, the one
   * dictionary with tensors.
   *
   * @param unpickled value of the file's pickle
   * @throws MalformedWeights if there is none
   * @throws ForeignFormat if there is more than one, or if it is another object
   */
  static Dictionary only(Object unpickled) throws MalformedWeights, ForeignFormat {
    if (unpickled instanceof Foreign whole) {
      throw new ForeignFormat(
          "is a whole Python object (%s), which is never run; save only its tensors: torch.save(model.state_dict(), 'weights.pth')"
              .formatted(whole));
    }
    TensorMaps maps = new TensorMaps();
    maps.search(unpickled);
    List<Found> found = maps.kernels.isEmpty() ? maps.others : maps.kernels;
    if (found.isEmpty()) {
      throw new MalformedWeights(
          unpickled instanceof Dictionary
              ? "it contains no tensors"
              : "it contains no dictionary of tensors");
    }
    if (found.size() > 1) {
      throw new ForeignFormat(
          "contains tensors under several names, %s; in Python, save those of one, such as torch.save(torch.load(FILE)['%s'], 'weights.pth')"
              .formatted(
                  Listing.of(found.stream().map(each -> shown(each.path())).toList()),
                  shown(found.get(0).path()).replace(".", "']['")));
    }
    return found.get(0).map();
  }

  private static String shown(String path) {
    return path.isEmpty() ? "the top level" : path;
  }

  private void search(Object top) {
    Deque<Place> places = new ArrayDeque<>(List.of(new Place("", top, 0)));
    int visits = 0;
    while (!places.isEmpty() && visits < MAX_VISITS) {
      Place place = places.removeFirst();
      if (isContainer(place.value()) && place.depth() <= DEEPEST && seen.add(place.value())) {
        if (place.value() instanceof Dictionary map) {
          note(place.path(), map);
        }
        List<Place> inside = inside(place);
        visits += inside.size() + 1;
        places.addAll(inside);
      }
    }
  }

  private static boolean isContainer(Object value) {
    return value instanceof Dictionary || value instanceof Items || value instanceof Tuple;
  }

  private static List<Place> inside(Place place) {
    List<Place> inside = new ArrayList<>();
    if (place.value() instanceof Dictionary map) {
      for (Map.Entry<String, Object> entry : map.entries().entrySet()) {
        String path = place.path().isEmpty() ? entry.getKey() : place.path() + "." + entry.getKey();
        if (isContainer(entry.getValue()) && !isOptimizer(entry.getKey())) {
          inside.add(new Place(path, entry.getValue(), place.depth() + 1));
        }
      }
      return inside;
    }
    List<Object> items =
        place.value() instanceof Items list ? list.all() : ((Tuple) place.value()).all();
    for (Object item : items) {
      if (isContainer(item)) {
        inside.add(new Place(place.path(), item, place.depth() + 1));
      }
    }
    return inside;
  }

  /** An optimizer keeps averages in the shapes of the tensors. */
  private static boolean isOptimizer(String key) {
    return key.toLowerCase(Locale.ROOT).contains("optim");
  }

  private void note(String path, Dictionary map) {
    int largest =
        map.entries().values().stream()
            .filter(TorchPickle.Reference.class::isInstance)
            .mapToInt(value -> ((TorchPickle.Reference) value).layout().shape().length)
            .max()
            .orElse(-1);
    if (largest >= KERNEL_DIMENSIONS) {
      kernels.add(new Found(path, map));
    } else if (largest >= 0) {
      others.add(new Found(path, map));
    }
  }
}
