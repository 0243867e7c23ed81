package io.reverie.core.dream.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Image;
import io.reverie.core.Size;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Converts image values to tensors (1, H, W, C) and back without a second copy of the whole image.
 */
public final class ImageTensors {

  private ImageTensors() {}

  /**
   * Creates a tensor.
   *
   * @param values {@code height * width * channels}, row-major
   */
  public static NDArray tensor(float[] values, Size size, int channels, NDManager scope) {
    NDArray image =
        scope.create(new Shape(1, size.height(), size.width(), channels), DataType.FLOAT32);
    int row = size.width() * channels;
    ByteBuffer[] buffer = {null};
    RowBlocks.SMALL.forEach(
        image,
        block -> {
          int count = (int) (block.to() - block.from()) * row;
          if (buffer[0] == null) {
            // Reused, because only the garbage collector frees direct buffers.
            buffer[0] =
                ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
          }
          buffer[0].limit(count * Float.BYTES);
          buffer[0].asFloatBuffer().put(values, (int) block.from() * row, count);
          Shape shape = new Shape(1, block.to() - block.from(), size.width(), channels);
          block.set(image, block.scope().create(buffer[0], shape, DataType.FLOAT32));
        });
    return image;
  }

  public static NDArray tensor(Image image, NDManager scope) {
    return tensor(image.rgb(), image.size(), 3, scope);
  }

  /** Returns the values of an image, row-major. */
  public static float[] values(NDArray image) {
    float[] values = new float[Math.toIntExact(image.size())];
    int row = values.length / (int) image.getShape().get(1);
    RowBlocks.SMALL.forEach(
        image,
        block ->
            block
                .of(image)
                .toByteBuffer(true)
                .asFloatBuffer()
                .get(values, (int) block.from() * row, (int) (block.to() - block.from()) * row));
    return values;
  }
}
