package io.reverie.core.dream.transform;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.dream.image.PixelWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * A circular shift of an image (1, H, W, C), down and right where positive.
 *
 * @param rows shift down
 * @param columns shift right
 */
public record Roll(int rows, int columns) {

  public NDArray apply(NDArray nhwc) {
    return along(along(nhwc, 1, rows), 2, columns);
  }

  Roll inverse() {
    return new Roll(-rows, -columns);
  }

  private static NDArray along(NDArray x, int axis, int by) {
    long side = x.getShape().get(axis);
    long cut = Math.floorMod(-by, side);
    if (cut == 0) {
      return x;
    }
    NDArray head = x.get(slice(axis, 0, cut));
    NDArray tail = x.get(slice(axis, cut, side));
    return NDArrays.concat(new NDList(tail, head), axis);
  }

  private static NDIndex slice(int axis, long from, long to) {
    return axis == 1
        ? new NDIndex().addAllDim(1).addSliceDim(from, to)
        : new NDIndex().addAllDim(2).addSliceDim(from, to);
  }

  /** Copies a window of the rolled image without rolling the image. */
  public NDArray crop(NDArray image, PixelWindow window, NDManager scope) {
    Shape shape = new Shape(1, window.height(), window.width(), image.getShape().get(3));
    NDArray piece = scope.create(shape, image.getDataType());
    for (Place place : places(image.getShape(), window)) {
      piece.set(place.inWindow().index(), place.inImage().of(image, scope));
    }
    return piece;
  }

  /** Adds a window of the rolled image to the unrolled one. */
  public void add(NDArray piece, NDArray image, PixelWindow window, NDManager scope) {
    for (Place place : places(image.getShape(), window)) {
      place.inImage().of(image, scope).addi(place.inWindow().of(piece, scope));
    }
  }

  /** Returns the row of the image that a rolled row comes from. */
  public long row(long rolled, long height) {
    return Math.floorMod(rolled - rows, height);
  }

  /** Returns the column of the image that a rolled column comes from. */
  public long column(long rolled, long width) {
    return Math.floorMod(rolled - columns, width);
  }

  /** Corresponding pixels of the image and of the window. */
  private record Place(PixelWindow inImage, PixelWindow inWindow) {}

  /** Returns one, two or four rectangles, because a window may cross the image's edges. */
  private List<Place> places(Shape image, PixelWindow window) {
    List<Place> places = new ArrayList<>();
    for (Span down : spans(row(window.top(), image.get(1)), window.height(), image.get(1))) {
      for (Span across : spans(column(window.left(), image.get(2)), window.width(), image.get(2))) {
        places.add(
            new Place(
                new PixelWindow(down.from, across.from, down.length, across.length),
                new PixelWindow(down.to, across.to, down.length, across.length)));
      }
    }
    return places;
  }

  private record Span(long from, long to, long length) {}

  private static List<Span> spans(long begin, long length, long side) {
    long first = Math.min(length, side - begin);
    return first == length
        ? List.of(new Span(begin, 0, length))
        : List.of(new Span(begin, 0, first), new Span(0, first, length - first));
  }
}
