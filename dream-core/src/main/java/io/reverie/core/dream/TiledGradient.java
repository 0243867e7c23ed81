package io.reverie.core.dream;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.DreamException;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Head;
import io.reverie.core.network.Network;
import io.reverie.core.objective.Objective;
import io.reverie.core.objective.Whole;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The direction in which objectives grow, for an image that is too large to be looked at as a
 * whole.
 *
 * <p>Each cell of a layer gives its seed in the one tile whose core it stands in, and what flows
 * back from there is added for the tile's whole window. So the sum is exact once the halo holds
 * what the core's cells see. What concerns the whole image (norms, the strongest channels, the
 * pooling before a classifier) is found in passes over all tiles beforehand.
 */
final class TiledGradient {

  private final Network network;
  private final Tiling tiling;

  /** With layers whose cells see a part of the image. */
  private final List<Objective> local = new ArrayList<>();

  /** With layers behind the pooling of the whole image. */
  private final List<Objective> behind = new ArrayList<>();

  private final CellCounts cells;
  private final int halo;

  TiledGradient(Network network, List<Objective> objectives, Tiling tiling) {
    this.network = network;
    this.tiling = tiling;
    for (Objective objective : objectives) {
      if (objective.weight() != 0) {
        (network.reach(objective.layer()).isPresent() ? local : behind).add(objective);
      }
    }
    Set<String> layers = layers(local);
    if (!behind.isEmpty()) {
      layers.add(head().trunk());
    }
    this.cells = new CellCounts(network, layers);
    this.halo =
        layers.stream()
            .mapToInt(layer -> tiling.halo(network.reach(layer).orElseThrow()))
            .max()
            .orElse(0);
  }

  private Head head() {
    return network
        .head()
        .orElseThrow(
            () ->
                new DreamException(
                    "the network %s does not say what the cells of layer %s see, which tiles need; state its reach in the descriptor, or set tile: none"
                        .formatted(network.name(), behind.get(0).layer())));
  }

  private static Set<String> layers(List<Objective> objectives) {
    Set<String> layers = new HashSet<>();
    objectives.forEach(objective -> layers.add(objective.layer()));
    return layers;
  }

  /**
   * The tiles of a region.
   *
   * @param down where the first cut is, as a share of a tile, from 0 to below 1
   * @param across the same for columns
   */
  Grid grid(Window region, double down, double across) {
    long stride = cells.stride();
    long steps = Math.max(1, tiling.side() / stride);
    return new Grid(
        Grid.cut(region.height(), steps * stride, ((long) (down * steps)) * stride, halo, cells),
        Grid.cut(region.width(), steps * stride, ((long) (across * steps)) * stride, halo, cells));
  }

  /**
   * The gradient.
   *
   * @param scope of the result
   * @return of the shape of the view's image, 0 outside its region
   */
  NDArray at(View view, Grid grid, NDManager scope) {
    Facts facts = facts(view, grid, scope);
    NDArray g = scope.zeros(view.image().getShape(), view.image().getDataType());
    for (Grid.Tile tile : grid.tiles()) {
      try (NDManager own = scope.newSubManager()) {
        Pieces pieces = new Pieces(tile, view.region(), facts.means());
        if (!pieces.areEmpty()) {
          NDArray seen = view.cut(tile.window(), own);
          NDArray part = Torch.gradient(seen, own, leaf -> energy(leaf, pieces, facts));
          view.add(part, g, tile.window(), own);
        }
      }
    }
    return g;
  }

  /** The sum of the objectives' values for an image, each with its weight. */
  double value(NDArray image) {
    View view = new View(image, new Roll(0, 0), Window.all(image.getShape()));
    return value(view, grid(view.region(), 0, 0));
  }

  private double value(View view, Grid grid) {
    NDManager scope = view.image().getManager();
    Facts facts = facts(view, grid, scope);
    double[] sum = {0};
    sweep(
        view,
        grid,
        layers(local),
        facts.means(),
        (layer, piece) -> {
          for (Objective objective : local) {
            if (objective.layer().equals(layer)) {
              sum[0] += objective.weight() * objective.value(piece.a(), piece.whole());
            }
          }
        });
    for (Objective objective : behind) {
      NDArray a = headActivations(facts.pooled().orElseThrow()).get(objective.layer());
      sum[0] += objective.weight() * objective.value(a);
    }
    return sum[0];
  }

  /**
   * What is known of the whole region before its tiles are gone through for the gradient.
   *
   * @param means of the channels, by layer, where objectives compare them
   * @param pooled what the pooling of the whole image gives out, where objectives are behind it
   * @param derivative of those with respect to it
   * @param factors of the seeds of the others
   */
  private record Facts(
      Map<String, Optional<float[]>> means,
      Optional<NDArray> pooled,
      Optional<NDArray> derivative,
      double[] factors) {}

  private Facts facts(View view, Grid grid, NDManager scope) {
    Map<String, double[]> sums = new HashMap<>();
    Set<String> compared = new HashSet<>();
    local.stream().filter(Objective::comparesChannels).forEach(o -> compared.add(o.layer()));
    Optional<Head> head = behind.isEmpty() ? Optional.empty() : network.head();
    NDArray[] pooled = {null};
    Set<String> layers = new HashSet<>(compared);
    head.ifPresent(h -> layers.add(h.trunk()));
    sweep(
        view,
        grid,
        layers,
        Map.of(),
        (layer, piece) -> {
          if (compared.contains(layer)) {
            addChannels(piece, sums);
          }
          if (head.isPresent() && head.get().trunk().equals(layer)) {
            NDArray share = new Bins(head.get().bins()).share(piece.a(), piece.whole());
            NDArray exact = share.toType(DataType.FLOAT64, true);
            pooled[0] = sum(pooled[0], exact, scope);
          }
        });
    Map<String, Optional<float[]>> means = new HashMap<>();
    sums.forEach((layer, sum) -> means.put(layer, Optional.of(floats(sum))));
    Optional<NDArray> whole =
        Optional.ofNullable(pooled[0]).map(p -> p.toType(view.image().getDataType(), true));
    return new Facts(
        means, whole, whole.map(p -> derivative(p, scope)), factors(view, grid, means));
  }

  private static NDArray sum(NDArray before, NDArray share, NDManager scope) {
    if (before == null) {
      share.attach(scope);
      return share;
    }
    return before.addi(share);
  }

  /** Each piece's share of the means of all of its layer's channels. */
  private static void addChannels(Piece piece, Map<String, double[]> sums) {
    double cells = (double) piece.whole().height() * piece.whole().width();
    double[] own =
        piece.a().toType(DataType.FLOAT64, false).sum(new int[] {0, 2, 3}).toDoubleArray();
    double[] sum = sums.computeIfAbsent(piece.layer(), layer -> new double[own.length]);
    for (int channel = 0; channel < own.length; channel++) {
      sum[channel] += own[channel] / cells;
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private Map<String, NDArray> headActivations(NDArray pooled) {
    return network.headActivations(pooled, layers(behind));
  }

  private NDArray derivative(NDArray pooled, NDManager scope) {
    return Torch.gradient(
        pooled, scope, leaf -> new Gradient(network, behind).energy(headActivations(leaf)));
  }

  /** A single objective's norm is of no use: the gradient is normalised. */
  private double[] factors(View view, Grid grid, Map<String, Optional<float[]>> means) {
    double[] squares = new double[local.size()];
    boolean single = local.size() + behind.size() == 1;
    if (!single) {
      sweep(
          view,
          grid,
          layers(local),
          means,
          (layer, piece) -> {
            for (int i = 0; i < squares.length; i++) {
              if (local.get(i).layer().equals(layer)) {
                NDArray seed = local.get(i).seed(piece.a(), piece.whole());
                squares[i] += Gradient.squares(seed);
              }
            }
          });
    }
    double[] factors = new double[squares.length];
    for (int i = 0; i < factors.length; i++) {
      double weight = local.get(i).weight();
      double norm = Math.sqrt(squares[i]);
      factors[i] = single ? Math.signum(weight) : norm > 0 ? weight / norm : 0;
    }
    return factors;
  }

  /** A scalar whose derivative is the tile's part of the gradient. */
  private NDArray energy(NDArray seen, Pieces pieces, Facts facts) {
    Map<String, NDArray> activations = network.activations(seen, cells.layers());
    NDArray sum = null;
    for (int i = 0; i < local.size(); i++) {
      Optional<Piece> piece = pieces.of(local.get(i).layer(), activations);
      if (piece.isPresent()) {
        NDArray a = piece.get().a();
        NDArray seed = local.get(i).seed(a.stopGradient(), piece.get().whole());
        NDArray term = a.mul(seed.mul(facts.factors()[i])).sum();
        sum = sum == null ? term : sum.add(term);
      }
    }
    if (facts.derivative().isPresent()) {
      Optional<Piece> trunk = pieces.of(head().trunk(), activations);
      if (trunk.isPresent()) {
        NDArray a = trunk.get().a();
        NDArray seed =
            new Bins(head().bins())
                .spread(facts.derivative().get(), a.stopGradient(), trunk.get().whole());
        NDArray term = a.mul(seed).sum();
        sum = sum == null ? term : sum.add(term);
      }
    }
    return sum;
  }

  /** Takes the pieces of a layer, tile by tile. */
  private interface Visitor {
    void take(String layer, Piece piece);
  }

  /** Goes through all tiles forwards. */
  private void sweep(
      View view,
      Grid grid,
      Set<String> layers,
      Map<String, Optional<float[]>> means,
      Visitor visitor) {
    if (layers.isEmpty()) {
      return;
    }
    for (Grid.Tile tile : grid.tiles()) {
      try (NDManager own = view.image().getManager().newSubManager()) {
        Pieces pieces = new Pieces(tile, view.region(), means);
        NDArray seen = view.cut(tile.window(), own);
        Map<String, NDArray> activations =
            Torch.withoutGradient(() -> network.activations(seen, layers));
        for (String layer : layers) {
          pieces.of(layer, activations).ifPresent(piece -> visitor.take(layer, piece));
        }
      }
    }
  }

  /**
   * The cells of a tile's core.
   *
   * @param a (1, channels, h, w)
   */
  private record Piece(String layer, NDArray a, Whole whole) {}

  /** What of the layers belongs to a tile. */
  private final class Pieces {

    private final Grid.Tile tile;
    private final Window region;
    private final Map<String, Optional<float[]>> means;

    Pieces(Grid.Tile tile, Window region, Map<String, Optional<float[]>> means) {
      this.tile = tile;
      this.region = region;
      this.means = means;
    }

    boolean areEmpty() {
      return cells.layers().stream()
          .allMatch(layer -> rows(layer).isEmpty() || columns(layer).isEmpty());
    }

    private Range rows(String layer) {
      return Range.of(cells.of(layer, region.height()), tile.rows());
    }

    private Range columns(String layer) {
      return Range.of(cells.of(layer, region.width()), tile.columns());
    }

    /** Empty if no cell of the layer stands in the core. */
    Optional<Piece> of(String layer, Map<String, NDArray> activations) {
      Range rows = rows(layer);
      Range columns = columns(layer);
      if (rows.isEmpty() || columns.isEmpty()) {
        return Optional.empty();
      }
      NDArray a = activations.get(layer);
      local.stream()
          .filter(objective -> objective.layer().equals(layer))
          .forEach(objective -> objective.requireChannels(a.getShape().get(1)));
      NDArray core =
          a.get(
              new NDIndex()
                  .addAllDim(2)
                  .addSliceDim(rows.from - rows.first, rows.to - rows.first)
                  .addSliceDim(columns.from - columns.first, columns.to - columns.first));
      Whole whole =
          new Whole(
              rows.all,
              columns.all,
              rows.from,
              columns.from,
              means.getOrDefault(layer, Optional.empty()));
      return Optional.of(new Piece(layer, core, whole));
    }
  }

  /** Cells of a part's core, {@code from} to before {@code to}; its window's begin at first. */
  private record Range(long first, long from, long to, long all) {

    static Range of(Cells cells, Grid.Part part) {
      return new Range(
          part.from() / cells.stride(),
          cells.before(part.begin()),
          cells.before(part.end()),
          cells.count());
    }

    boolean isEmpty() {
      return to <= from;
    }
  }
}
