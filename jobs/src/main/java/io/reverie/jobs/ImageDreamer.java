package io.reverie.jobs;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dream;
import io.reverie.core.dream.Dreamer;
import io.reverie.jobs.network.LoadedNetworks;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.Recipe;
import io.reverie.video.Frame;
import io.reverie.video.MediaSource;
import io.reverie.video.Still;
import io.reverie.video.Stills;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.util.LongAccumulator;

/** Dreams one still on an executor: read, dream, publish. */
record ImageDreamer(Recipe recipe, LongAccumulator progress) implements Serializable {

  Outcome dream(ImageItem item) {
    long begun = System.nanoTime();
    try {
      List<String> warnings = write(item);
      double seconds = (System.nanoTime() - begun) / 1e9;
      return new Outcome(
          item.input(), item.output(), Outcome.Status.DREAMED, 1, 0, seconds, "", warnings);
    } catch (IOException | RuntimeException e) {
      String sentence =
          Failure.sentence(e).orElseThrow(() -> new IllegalStateException(item.input(), e));
      return Outcome.failed(item.input(), item.output(), sentence);
    } finally {
      progress.add(1);
    }
  }

  private List<String> write(ImageItem item) throws IOException {
    PipelineSpec spec = recipe.spec();
    Still still = Stills.read(MediaSource.of(Path.of(item.input())));
    Size size = spec.size().of(new Size(still.frame().height(), still.frame().width()));
    Frame source =
        Stills.scale(still.frame(), new io.reverie.video.Size(size.width(), size.height()));
    Dreamer dreamer = new Dreamer(LoadedNetworks.of(recipe, Device.ofTask()), spec.dream());
    Dream dream = dreamer.dream(new Image(size, source.rgb()), spec.dreamSize().of(size), 0);
    byte[] bytes =
        Stills.encode(
            source.withRgb(dream.image().rgb()),
            item.output(),
            still.bitDepth(),
            spec.images().quality());
    Publishing.atomically(Path.of(item.output()), part -> Files.write(part, bytes));
    List<String> warnings = new ArrayList<>();
    int left = spec.octaves().count() - dream.octaves().size();
    if (left > 0 && spec.strength() > 0) {
      warnings.add(
          "%d of %d octaves are too small for the network and were left out"
              .formatted(left, spec.octaves().count()));
    }
    return warnings;
  }
}
