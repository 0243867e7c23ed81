package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_core.CV_8UC3;
import static org.bytedeco.opencv.global.opencv_imgproc.FONT_HERSHEY_SIMPLEX;
import static org.bytedeco.opencv.global.opencv_imgproc.LINE_AA;
import static org.bytedeco.opencv.global.opencv_imgproc.getTextSize;
import static org.bytedeco.opencv.global.opencv_imgproc.putText;

import io.reverie.video.Frame;
import io.reverie.video.Size;
import io.reverie.video.opencv.OpenCv;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Point;
import org.bytedeco.opencv.opencv_core.Scalar;

/**
 * Small pictures in rows, each with its name below. The letters are OpenCV's own, since a machine
 * without a screen may have no fonts; characters outside ASCII show as question marks.
 *
 * @param tile size that each picture is fitted into
 * @param columns pictures in a row
 */
public record ContactSheet(Size tile, int columns) {

  private static final int GAP = 12;
  private static final int LABEL = 30;
  private static final double SCALE = 0.5;
  private static final float GROUND = 20;
  private static final double INK = 235;

  static {
    OpenCv.ready();
  }

  public ContactSheet {
    if (columns < 1) {
      throw new IllegalArgumentException(
          "a contact sheet cannot have %d columns".formatted(columns));
    }
  }

  /** A picture and its name. */
  public record Picture(Frame frame, String name) {}

  /** Draws the sheet. */
  public Frame of(List<Picture> pictures) {
    int rows = (pictures.size() + columns - 1) / columns;
    int across = Math.min(columns, pictures.size());
    int width = GAP + across * (tile.width() + GAP);
    int height = GAP + rows * (tile.height() + LABEL);
    float[] sheet = new float[3 * width * height];
    java.util.Arrays.fill(sheet, GROUND);
    for (int i = 0; i < pictures.size(); i++) {
      int left = GAP + i % columns * (tile.width() + GAP);
      int top = GAP + i / columns * (tile.height() + LABEL);
      Frame small = fitted(pictures.get(i).frame());
      draw(
          small,
          left + (tile.width() - small.width()) / 2,
          top + (tile.height() - small.height()) / 2,
          sheet,
          width);
      draw(label(pictures.get(i).name()), left, top + tile.height(), sheet, width);
    }
    return new Frame(width, height, sheet, Optional.empty(), 0, false);
  }

  private Frame fitted(Frame frame) {
    double scale =
        Math.min((double) tile.width() / frame.width(), (double) tile.height() / frame.height());
    return Stills.scale(
        frame,
        new Size(
            (int) Math.max(1, Math.round(frame.width() * scale)),
            (int) Math.max(1, Math.round(frame.height() * scale))));
  }

  private static void draw(Frame frame, int left, int top, float[] sheet, int width) {
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        int from = 3 * (y * frame.width() + x);
        int to = 3 * ((top + y) * width + left + x);
        float opacity = frame.alpha().map(alpha -> alpha[from / 3] / 255).orElse(1f);
        for (int c = 0; c < 3; c++) {
          sheet[to + c] = frame.rgb()[from + c] * opacity + sheet[to + c] * (1 - opacity);
        }
      }
    }
  }

  private Frame label(String name) {
    try (PointerScope scope = new PointerScope()) {
      Mat mat = new Mat(LABEL, tile.width(), CV_8UC3, Scalar.all(GROUND));
      putText(
          mat,
          shortened(name),
          new Point(0, 2 * LABEL / 3),
          FONT_HERSHEY_SIMPLEX,
          SCALE,
          Scalar.all(INK),
          1,
          LINE_AA,
          false);
      byte[] bytes = new byte[3 * LABEL * tile.width()];
      new BytePointer(mat.data()).get(bytes);
      float[] rgb = new float[bytes.length];
      for (int i = 0; i < rgb.length; i++) {
        rgb[i] = bytes[i] & 0xFF;
      }
      return new Frame(tile.width(), LABEL, rgb, Optional.empty(), 0, false);
    }
  }

  private String shortened(String name) {
    String plain = name.replaceAll("[^\\x20-\\x7E]", "?");
    String text = plain;
    for (int kept = plain.length() - 1; kept > 0 && width(text) > tile.width(); kept--) {
      text = plain.substring(0, kept) + "...";
    }
    return text;
  }

  private static int width(String text) {
    return getTextSize(text, FONT_HERSHEY_SIMPLEX, SCALE, 1, new int[1]).width();
  }
}
