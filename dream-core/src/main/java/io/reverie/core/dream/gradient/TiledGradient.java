package io.reverie.core.dream.gradient;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.reverie.core.DreamException;
import io.reverie.core.dream.image.PixelWindow;
import io.reverie.core.dream.transform.Roll;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.Network;
import io.reverie.core.network.graph.Head;
import io.reverie.core.objective.Objective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The direction in which objectives grow, for an image that is too large to be looked at at once.
 *
 * <p>Each cell of a layer gives its seed in the one tile whose core it stands in, and what flows
 * back from there is added for the tile's whole window. So the sum is exact once the halo holds
 * what the core's cells see, half their field. What concerns the whole image (norms, the strongest
 * channels, the pooling before a classifier) is found in passes over all tiles beforehand.
 */
public final class TiledGradient {

  private final Network network;
  private final Tiling tiling;

  /** At layers whose cells see a part of the image. */
  private final List<Objective> local = new ArrayList<>();

  /** At layers behind the pooling of the whole image. */
  private final List<Objective> behind = new ArrayList<>();

  private final Optional<Head> head;
  private final CellCounts cells;
  private final int halo;

  public TiledGradient(Network network, List<Objective> objectives, Tiling tiling) {
    this.network = network;
    this.tiling = tiling;
    for (Objective objective : objectives) {
      if (objective.weight() != 0) {
        (network.reach(objective.layer()).isPresent() ? local : behind).add(objective);
      }
    }
    this.head = behind.isEmpty() ? Optional.empty() : Optional.of(head());
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
        .orElseThrow(
            () ->
                new DreamException(
                    "the layer %s of %s cannot be dreamed in tiles: its cells see the whole image, or the descriptor does not state their stride and field; set tile: none, or a smaller dreamSize"
                        .formatted(behind.get(0).layer(), network.name())));
  }

  private static Set<String> layers(List<Objective> objectives) {
    Set<String> layers = new HashSet<>();
    objectives.forEach(objective -> layers.add(objective.layer()));
    return layers;
  }

  /** What cuts are multiples of, in pixels. */
  public long stride() {
    return cells.stride();
  }

  /**
   * The tiles of a region.
   *
   * @param down where the first cut is, as a share of a tile, from 0 to below 1
   * @param across the same for columns
   */
  public TileGrid grid(PixelWindow region, double down, double across) {
    long stride = cells.stride();
    long steps = Math.max(1, tiling.side() / stride);
    long tile = steps * stride;
    return new TileGrid(
        TileGrid.cut(region.height(), tile, ((long) (down * steps)) * stride, halo, cells),
        TileGrid.cut(region.width(), tile, ((long) (across * steps)) * stride, halo, cells));
  }

  /**
   * The gradient.
   *
   * @param scope of the result
   * @return of the shape of the view's image, 0 outside its region
   */
  public NDArray at(ImageView view, TileGrid grid, NDManager scope) {
    TileScan tiles = new TileScan(network, cells, view, grid);
    GlobalStatistics facts = GlobalStatistics.of(tiles, local, head, scope);
    Optional<NDArray> derivative = facts.pooled().map(pooled -> derivative(pooled, scope));
    double[] factors = factors(tiles, facts);
    return tiles.gradient(
        facts.means(),
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
    return objective.seed(piece.a().stopGradient(), piece.whole());
  }

  /** What the trunk's cells add through the pooling. */
  private NDArray term(NDArray derivative, TileCells.Piece trunk) {
    AdaptivePooling bins = new AdaptivePooling(head.orElseThrow().bins());
    NDArray seed = bins.spread(derivative, trunk.a().stopGradient(), trunk.whole());
    return trunk.a().mul(seed).sum();
  }

  private Map<String, NDArray> headActivations(NDArray pooled) {
    return network.headActivations(pooled, layers(behind));
  }

  /** Of what is behind the pooling, with respect to what the pooling gives out. */
  private NDArray derivative(NDArray pooled, NDManager scope) {
    Gradient gradient = new Gradient(network, behind);
    return Torch.gradient(pooled, scope, leaf -> gradient.energy(headActivations(leaf)));
  }

  /** What the seeds are multiplied by; see {@link Gradient}. A single one's norm is of no use. */
  private double[] factors(TileScan tiles, GlobalStatistics facts) {
    if (local.size() + behind.size() == 1) {
      return local.stream().mapToDouble(o -> Math.signum(o.weight())).toArray();
    }
    double[] factors = new double[local.size()];
    tiles.forward(
        layers(local),
        facts.means(),
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

  /** The sum of the objectives' values for an image, each with its weight. */
  public double value(NDArray image) {
    ImageView view = new ImageView(image, new Roll(0, 0), PixelWindow.all(image.getShape()));
    TileScan tiles = new TileScan(network, cells, view, grid(view.region(), 0, 0));
    GlobalStatistics facts = GlobalStatistics.of(tiles, local, head, image.getManager());
    double[] sum = {0};
    tiles.forward(
        layers(local),
        facts.means(),
        piece ->
            local.stream()
                .filter(objective -> objective.layer().equals(piece.layer()))
                .forEach(o -> sum[0] += o.weight() * o.value(piece.a(), piece.whole())));
    facts
        .pooled()
        .map(pooled -> Torch.withoutGradient(() -> headActivations(pooled)))
        .ifPresent(
            all ->
                behind.forEach(
                    o ->
                        sum[0] +=
                            o.weight() * o.value(Objects.requireNonNull(all.get(o.layer())))));
    return sum[0];
  }
}
