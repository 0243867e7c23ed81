package io.reverie.core.dream.image;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.reverie.core.Image;
import io.reverie.core.Size;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Between the values of pictures and tensors (1, H, W, C), with no further copy of the whole. */
public final class ImageTensors {

  private ImageTensors() {}

  /**
   * A tensor of its own.
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
        strip -> {
          int count = (int) (strip.to() - strip.from()) * row;
          if (buffer[0] == null) {
            // Such buffers are freed by the collector alone, which may take its time.
            buffer[0] =
                ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder());
          }
          buffer[0].limit(count * Float.BYTES);
          buffer[0].asFloatBuffer().put(values, (int) strip.from() * row, count);
          Shape shape = new Shape(1, strip.to() - strip.from(), size.width(), channels);
          strip.set(image, strip.scope().create(buffer[0], shape, DataType.FLOAT32));
        });
    return image;
  }

  /** The same of an image. */
  public static NDArray tensor(Image image, NDManager scope) {
    return tensor(image.rgb(), image.size(), 3, scope);
  }

  /** The values of an image, row-major. */
  public static float[] values(NDArray image) {
    float[] values = new float[Math.toIntExact(image.size())];
    int row = values.length / (int) image.getShape().get(1);
    RowBlocks.SMALL.forEach(
        image,
        strip ->
            strip
                .of(image)
                .toByteBuffer(true)
                .asFloatBuffer()
                .get(values, (int) strip.from() * row, (int) (strip.to() - strip.from()) * row));
    return values;
  }
}
