package io.reverie.jobs.images;

import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.image.Mask;
import io.reverie.jobs.memory.MemoryGate;
import io.reverie.jobs.network.Dreamers;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.PreviewDream;
import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.Frame;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** Dreams a still image as {@code reverie images} does, but for display only. */
public record StillPreview(WorkItem item) implements Serializable {

  /** Returns the size of the file's picture as viewers show it: upright. */
  public Size size() throws IOException {
    Frame frame = Stills.read(StoredMedia.of(Location.of(item.input()))).frame();
    return new Size(frame.width(), frame.height());
  }

  /** Dreams it in a Spark task. */
  public PreviewDream dream(ResolvedSpec resolved, Device device) throws IOException {
    PipelineSpec spec = resolved.spec();
    ImageDreamer.requireNoSound(spec, item.input());
    return MemoryGate.forThisProcess()
        .during(StillSource.need(item, spec), () -> dreamInMemory(resolved, device));
  }

  private PreviewDream dreamInMemory(ResolvedSpec resolved, Device device) throws IOException {
    PipelineSpec spec = resolved.spec();
    StillSource source = StillSource.of(item, spec);
    Frame frame = source.frame();
    spec.mask().requireAlpha(item.input(), frame.alpha().isPresent());
    Mask mask = ImageDreamer.mask(spec, spec.dreamSize().of(source.image().size()), frame);
    Dreamer dreamer = Dreamers.of(resolved, device.ofTask());
    long start = System.nanoTime();
    Dream dream = dreamer.dream(source.image(), mask, 0);
    double seconds = (System.nanoTime() - start) / 1e9;
    List<String> warnings = new ArrayList<>();
    ImageDreamer.warn(dreamer, dream, mask, warnings);
    return new PreviewDream(
        source.still().dreamed(frame, dream.image().rgb()).shown(), seconds, warnings);
  }
}
