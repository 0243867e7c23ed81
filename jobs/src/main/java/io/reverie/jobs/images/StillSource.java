package io.reverie.jobs.images;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.Noise;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.memory.DreamMemory;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.temporal.frame.FrameImages;
import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.header.StillHeader;
import io.reverie.video.memory.MemoryNeed;
import io.reverie.video.metadata.StillMetadata;
import io.reverie.video.still.Still;
import io.reverie.video.still.StillFile;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The image to dream on: read from a file, or generated from noise.
 *
 * @param still scaled to the output's size, in its own colours
 * @param frame what the network sees of it
 * @param metadata of the file, as its pixels were stored
 * @param source where it comes from
 * @param identity identifies the content by its listing, without reading it
 */
public record StillSource(
    Still still, Frame frame, StillMetadata metadata, SourceInfo source, String identity) {

  static final Size CANVAS = new Size(224, 224);

  /** Pixels of an image whose colour profile does not matter for memory. */
  private static final long SMALL = 1 << 20;

  public static StillSource of(WorkItem item, PipelineSpec spec) throws IOException {
    return of(StillInput.of(item), spec);
  }

  static StillSource of(StillInput input, PipelineSpec spec) throws IOException {
    WorkItem item = input.item();
    if (input.media().isEmpty()) {
      return of(
          noise(spec),
          StillMetadata.NONE,
          SourceInfo.generated(SourceInfo.NOISE),
          SourceInfo.NOISE);
    }
    FileEntry entry = input.entry();
    StillFile file = Stills.file(input.media().get());
    Still still = file.still();
    Size size = spec.size().of(new Size(still.frame().width(), still.frame().height()));
    return of(
        still.scaled(new io.reverie.video.Size(size.width(), size.height())),
        file.metadata(),
        SourceInfo.of(entry, input.media().get(), item.output()),
        entry.identity());
  }

  /** Describes the input, which is read but not decoded. */
  static SourceInfo info(WorkItem item) throws IOException {
    if (item.isNoise()) {
      return SourceInfo.generated(SourceInfo.NOISE);
    }
    StillInput input = StillInput.of(item);
    return SourceInfo.of(input.entry(), input.media().orElseThrow(), item.output());
  }

  private static StillSource of(
      Still still, StillMetadata metadata, SourceInfo source, String identity) {
    return new StillSource(still, still.seen(), metadata, source, identity);
  }

  /**
   * The memory needed to dream on it, estimated from its header.
   *
   * @throws UserException if this process has less
   */
  public static MemoryNeed need(WorkItem item, PipelineSpec spec) throws IOException {
    return need(StillInput.of(item), spec);
  }

  static MemoryNeed need(StillInput input, PipelineSpec spec) throws IOException {
    WorkItem item = input.item();
    if (input.media().isEmpty()) {
      DreamMemory noise = DreamMemory.of(CANVAS, spec);
      noise.require(item.output().text(), noise.dream());
      return noise.dream();
    }
    MediaSource media = input.media().get();
    StillHeader header = Stills.header(media);
    boolean converted = header.pixels() > SMALL && Stills.isConverted(media, header);
    // Metadata may rotate the image, which matters where only one side of the size is set.
    DreamMemory dream =
        Stream.of(
                new Size((int) header.width(), (int) header.height()),
                new Size((int) header.height(), (int) header.width()))
            .map(size -> DreamMemory.of(size, spec))
            .min(Comparator.comparingDouble(each -> each.still(header, converted).heap()))
            .get();
    MemoryNeed need = dream.still(header, converted);
    dream.require(item.input(), need);
    return need;
  }

  private static Still noise(PipelineSpec spec) {
    Size size = spec.size().of(CANVAS);
    Image image = Noise.image(size, spec.noise().mean(), spec.noise().deviation(), spec.seed());
    return new Still(FrameImages.frame(image, 0), 8);
  }

  public Image image() {
    return FrameImages.image(frame);
  }

  /** Warnings about parts of it that a zoom video cannot keep. */
  public List<String> losses(Dreamer dreamer, Size dreamSize) {
    List<String> losses = new ArrayList<>(still.notes());
    if (still.frame().alpha().isPresent()) {
      losses.add("a zoom video has no transparency; the alpha channel was dropped");
    }
    dreamer.spec().skippedOctaves(dreamer.octaves(dreamSize).size()).ifPresent(losses::add);
    return losses;
  }
}
