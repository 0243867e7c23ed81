package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.DreamException;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.transform.Roll;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.network.graph.evaluation.Head;
import io.reverie.core.objective.Objective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The gradient of the objectives for an image that is too large to process as a whole.
 *
 * <p>Each cell of a layer contributes its seed in the one tile whose core contains it, and the
 * resulting gradient is added over the tile's whole window. The sum is exact if the halo covers
 * half the receptive field. Quantities of the whole image (norms, strongest channels, pooling
 * before the classifier) are computed beforehand in passes over all tiles.
 */
public final class TiledGradient {

  private final Network network;
  private final Tiling tiling;

  /** Objectives at layers whose cells see a part of the image. */
  private final List<Objective> local = new ArrayList<>();

  /** Objectives at layers after the pooling of the whole image. */
  private final List<Objective> global = new ArrayList<>();

  private final Optional<Head> head;
  private final CellCounts cells;
  private final int halo;

  public TiledGradient(Network network, List<Objective> objectives, Tiling tiling) {
    this.network = network;
    this.tiling = tiling;
    for (Objective objective : objectives) {
      if (objective.weight() != 0) {
        (network.reach(objective.layer()).isPresent() ? local : global).add(objective);
      }
    }
    this.head = global.isEmpty() ? Optional.empty() : Optional.of(head());
    Set<String> layers = layers(local);
    head.ifPresent(h -> layers.add(h.trunk()));
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
        .filter(found -> global.stream().allMatch(o -> found.layers().contains(o.layer())))
        .orElseThrow(
            () ->
                new DreamException(
                    "layer %s of network %s cannot be dreamed in tiles, because each of its cells depends on the whole image, or the descriptor does not state its stride and receptive field; set tile: none or a smaller dreamSize"
                        .formatted(global.get(0).layer(), network.name())));
  }

  private static Set<String> layers(List<Objective> objectives) {
    Set<String> layers = new HashSet<>();
    objectives.forEach(objective -> layers.add(objective.layer()));
    return layers;
  }

  /** Returns the number of pixels that tile borders are a multiple of. */
  public long stride() {
    return cells.stride();
  }

  /**
   * Divides a region into tiles.
   *
   * @param down position of the first horizontal border as a share of a tile, in [0, 1)
   * @param across position of the first vertical border as a share of a tile, in [0, 1)
   */
  public TileGrid grid(PixelWindow region, double down, double across) {
    long stride = cells.stride();
    long steps = Math.max(1, tiling.side() / stride);
    long tile = steps * stride;
    return new TileGrid(
        TileGrid.divide(region.height(), tile, ((long) (down * steps)) * stride, halo, cells),
        TileGrid.divide(region.width(), tile, ((long) (across * steps)) * stride, halo, cells));
  }

  /**
   * Computes the gradient by one or more passes over the tiles.
   *
   * @param scope owns the gradient
   * @return has the shape of the view's image; 0 outside the region
   */
  public NDArray at(ImageView view, TileGrid grid, NDManager scope) {
    TileScan tiles = new TileScan(network, cells, view, grid);
    GlobalStatistics statistics = GlobalStatistics.of(tiles, local, head, scope);
    Optional<NDArray> derivative = statistics.pooled().map(pooled -> derivative(pooled, scope));
    double[] factors = factors(tiles, statistics);
    return tiles.gradient(
        statistics.means(),
        (pieces, activations) -> {
          List<NDArray> terms = new ArrayList<>();
          for (int i = 0; i < factors.length; i++) {
            Objective objective = local.get(i);
            double factor = factors[i];
            pieces
                .of(objective.layer(), activations)
                .ifPresent(piece -> terms.add(term(objective, piece, factor)));
          }
          derivative
              .flatMap(d -> pieces.of(head.orElseThrow().trunk(), activations))
              .ifPresent(trunk -> terms.add(term(derivative.get(), trunk)));
          return terms.stream().reduce(NDArray::add);
        },
        scope);
  }

  private static NDArray term(Objective objective, TileCells.Piece piece, double factor) {
    return piece.a().mul(seed(objective, piece).mul(factor)).sum();
  }

  private static NDArray seed(Objective objective, TileCells.Piece piece) {
    objective.requireChannels(piece.a().getShape().get(1));
    return objective.seed(piece.a().stopGradient(), piece.extent());
  }

  /** Returns the energy of the trunk's cells, which act through the pooling. */
  private NDArray term(NDArray derivative, TileCells.Piece trunk) {
    AdaptivePooling pooling = new AdaptivePooling(head.orElseThrow().bins());
    NDArray seed = pooling.spread(derivative, trunk.a().stopGradient(), trunk.extent());
    return trunk.a().mul(seed).sum();
  }

  private Map<String, NDArray> headActivations(NDArray pooled) {
    return network.headActivations(pooled, layers(global));
  }

  /**
   * Returns the derivative of the objectives after the pooling with respect to the pooled tensor.
   */
  private NDArray derivative(NDArray pooled, NDManager scope) {
    Gradient gradient = new Gradient(network, global);
    return Torch.gradient(pooled, scope, leaf -> gradient.energy(headActivations(leaf)));
  }

  /**
   * Returns the factors that normalise the seeds; see {@link Gradient}. A single objective needs no
   * norm, because the step is normalised.
   */
  private double[] factors(TileScan tiles, GlobalStatistics statistics) {
    if (local.size() + global.size() == 1) {
      return local.stream().mapToDouble(o -> Math.signum(o.weight())).toArray();
    }
    double[] factors = new double[local.size()];
    tiles.forward(
        layers(local),
        statistics.means(),
        piece -> {
          for (int i = 0; i < factors.length; i++) {
            if (local.get(i).layer().equals(piece.layer())) {
              factors[i] += Gradient.squares(seed(local.get(i), piece));
            }
          }
        });
    for (int i = 0; i < factors.length; i++) {
      factors[i] = factors[i] > 0 ? local.get(i).weight() / Math.sqrt(factors[i]) : 0;
    }
    return factors;
  }

  /** Returns the weighted sum of the objectives' values. */
  public double value(NDArray image) {
    ImageView view = new ImageView(image, new Roll(0, 0), PixelWindow.all(image.getShape()));
    TileScan tiles = new TileScan(network, cells, view, grid(view.region(), 0, 0));
    GlobalStatistics statistics = GlobalStatistics.of(tiles, local, head, image.getManager());
    double[] sum = {0};
    tiles.forward(
        layers(local),
        statistics.means(),
        piece ->
            local.stream()
                .filter(objective -> objective.layer().equals(piece.layer()))
                .forEach(o -> sum[0] += o.weight() * o.value(piece.a(), piece.extent())));
    statistics
        .pooled()
        .map(pooled -> Torch.withoutGradient(() -> headActivations(pooled)))
        .ifPresent(
            all ->
                global.forEach(
                    o ->
                        sum[0] +=
                            o.weight() * o.value(Objects.requireNonNull(all.get(o.layer())))));
    return sum[0];
  }
}
