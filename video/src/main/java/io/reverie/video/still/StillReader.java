package io.reverie.video.still;

import static org.bytedeco.opencv.global.opencv_core.CV_16U;
import static org.bytedeco.opencv.global.opencv_core.CV_8U;

import io.reverie.video.Frame;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.ffmpeg.HeifPicture;
import io.reverie.video.ffmpeg.WholeFile;
import io.reverie.video.header.ExrHeader;
import io.reverie.video.header.HeaderException;
import io.reverie.video.header.LocalPalettes;
import io.reverie.video.header.PngChunks;
import io.reverie.video.header.Samples;
import io.reverie.video.header.Samples.Model;
import io.reverie.video.header.StillHeader;
import io.reverie.video.header.StillKind;
import io.reverie.video.icc.IccProfile;
import io.reverie.video.icc.LightMatrix;
import io.reverie.video.metadata.StillMetadata;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.opencv.opencv_core.Mat;

/** Decodes a still with the library that preserves the most of its format. */
record StillReader(MediaSource source, StillHeader header) {

  private static final int FLOATS = 32;

  /** Reads the file and decodes it. */
  StillFile read() {
    try (PointerScope scope = new PointerScope()) {
      BytePointer pointer = Stills.bytes(source);
      ByteBuffer file = pointer.asByteBuffer();
      StillMetadata metadata = StillMetadata.read(file);
      Optional<byte[]> icc = metadata.icc();
      Still still =
          switch (header.kind()) {
            case HEIF, AVIF -> heif();
            case BMP, OPEN_EXR -> wholeFile(file);
            case GIF -> gif();
            case JPEG ->
                header.isDecodedOnHeap() ? cmykJpeg(file, icc) : openCv(pointer, file, icc);
            case TIFF -> header.isDecodedOnHeap() ? tiff(file, icc) : openCv(pointer, file, icc);
            default -> openCv(pointer, file, icc);
          };
      return new StillFile(still, metadata);
    }
  }

  private Still openCv(BytePointer pointer, ByteBuffer file, Optional<byte[]> icc) {
    requireWhole(file);
    Mat image = OpenCvImages.upright(new Mat(1, file.limit(), CV_8U, pointer), source.name());
    boolean highBitDepth = image.depth() == CV_16U;
    Frame frame = MatPixels.read(image, highBitDepth ? 257f : 1f);
    StillColours colours = StillColours.of(icc, header.samples().isGrey());
    if (header.kind() == StillKind.PNG) {
      colours = colours.orOfPng(file);
    }
    return colours.still(frame, highBitDepth ? 16 : 8);
  }

  private void requireWhole(ByteBuffer file) {
    if (header.kind() == StillKind.PNG) {
      try {
        PngChunks.requireWithin(file);
      } catch (HeaderException e) {
        throw new MediaException(source.name() + " " + e.getMessage(), e);
      }
    }
  }

  private Still cmykJpeg(ByteBuffer file, Optional<byte[]> icc) {
    List<String> notes = new ArrayList<>();
    RasterPixels pixels = new RasterPixels(header.samples(), ink(icc, notes));
    Frame frame = pixels.frame(JdkImages.cmykJpeg(file, source.name()));
    return new Still(upright(frame), 8, false, Optional.empty(), notes);
  }

  private Still tiff(ByteBuffer file, Optional<byte[]> icc) {
    Samples samples = header.samples();
    int depth = samples.floats() ? FLOATS : samples.bits() > 8 ? 16 : 8;
    List<String> notes = new ArrayList<>();
    IccProfile ink = samples.model() == Model.CMYK ? ink(icc, notes) : IccProfile.usualCmyk();
    Frame frame =
        upright(new RasterPixels(samples, ink).frame(JdkImages.tiff(file, source.name())));
    return switch (samples.model()) {
      case CMYK -> new Still(frame, depth, false, Optional.empty(), notes);
      case LAB, ICC_LAB, LAB_D65 ->
          new Still(
              frame,
              // Rounding dark colours to 8 bits would be visible.
              Math.max(16, depth),
              false,
              Optional.empty(),
              List.of("its L*a*b* colours were converted to sRGB"));
      default -> StillColours.of(icc, samples.isGrey()).still(frame, depth);
    };
  }

  private Frame upright(Frame stored) {
    return Upright.of(stored, header.orientation());
  }

  private static IccProfile ink(Optional<byte[]> icc, List<String> notes) {
    Optional<IccProfile> own =
        icc.flatMap(IccProfile::of).filter(profile -> profile.space() == IccProfile.Space.CMYK);
    notes.add(
        "its CMYK colours were converted to sRGB through "
            + (own.isPresent()
                ? "its profile"
                : "a standard profile of offset printing (SWOP), because it has no usable one"));
    return own.orElseGet(IccProfile::usualCmyk);
  }

  private Still wholeFile(ByteBuffer file) {
    if (header.kind() == StillKind.OPEN_EXR) {
      return exr(withAlpha(WholeFile.decode(file, "exr", source.name())));
    }
    return new Still(withAlpha(WholeFile.decode(file, "bmp", source.name())), 8);
  }

  private Still exr(Frame light) {
    List<String> notes = new ArrayList<>();
    Optional<LightMatrix> own = Optional.empty();
    try (SeekableByteChannel channel = source.open()) {
      own = ExrHeader.chromaticities(channel).flatMap(LightMatrix::of);
      own.ifPresent(matrix -> notes.add("its primaries were converted to those of sRGB"));
    } catch (ArithmeticException e) {
      notes.add("its chromaticities are damaged and were left out");
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(source.name(), e.getMessage()), e);
    }
    Frame usual = own.map(matrix -> light.withRgb(matrix.convert(light.rgb()))).orElse(light);
    return new Still(SrgbCurve.encode(usual), FLOATS, false, Optional.empty(), notes);
  }

  private Still gif() {
    ByteBuffer file = Stills.bytes(LocalPalettes.of(source)).asByteBuffer();
    return new Still(withAlpha(WholeFile.decode(file, "gif", source.name())), 8);
  }

  /** Drops an alpha channel that is opaque everywhere, as decoders of palettes add one. */
  private static Frame withAlpha(Frame frame) {
    float[] alpha = frame.alpha().orElseThrow();
    for (float opacity : alpha) {
      if (opacity < 255) {
        return frame;
      }
    }
    return new Frame(frame.width(), frame.height(), frame.rgb(), Optional.empty(), 0, false);
  }

  private Still heif() {
    HeifPicture picture = HeifPicture.read(source, header.samples().hasAlpha());
    StillColours colours =
        StillColours.of(picture.icc(), false)
            .orOf(picture.colour().primaries(), picture.colour().transfer());
    return colours.still(
        Upright.of(picture.frame(), picture.orientation()), picture.bitDepth() > 8 ? 16 : 8);
  }
}
