package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_420;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_422;
import static org.bytedeco.opencv.global.opencv_imgcodecs.IMWRITE_JPEG_SAMPLING_FACTOR_444;

/** How many of the colours of a JPEG are stored; lightness is always stored in full. */
public enum Subsampling {
  /** 4:4:4: all colours are stored. */
  YUV444(IMWRITE_JPEG_SAMPLING_FACTOR_444),
  /** 4:2:2: half of the columns. */
  YUV422(IMWRITE_JPEG_SAMPLING_FACTOR_422),
  /** 4:2:0: half of the columns and rows. */
  YUV420(IMWRITE_JPEG_SAMPLING_FACTOR_420);

  private final int factor;

  Subsampling(int factor) {
    this.factor = factor;
  }

  /** Returns OpenCV's number. */
  int factor() {
    return factor;
  }
}
