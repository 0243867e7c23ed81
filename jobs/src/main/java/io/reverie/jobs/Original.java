package io.reverie.jobs;

import io.reverie.core.Image;
import io.reverie.core.Size;
import io.reverie.core.dream.Dreamer;
import io.reverie.core.dream.Noise;
import io.reverie.jobs.memory.DreamNeed;
import io.reverie.jobs.provenance.Source;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.storage.Entry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.StoredMedia;
import io.reverie.video.Frame;
import io.reverie.video.Still;
import io.reverie.video.Stills;
import io.reverie.video.header.StillHeader;
import io.reverie.video.memory.Need;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is dreamed on: a picture, or noise made on the spot.
 *
 * @param still of the output's size
 * @param source that it comes from
 * @param identity says which bytes are meant, by their listing alone
 */
record Original(Still still, Source source, String identity) {

  private static final Size CANVAS = new Size(224, 224);

  static Original of(Wish wish, PipelineSpec spec) throws IOException {
    if (wish.isNoise()) {
      return new Original(noise(spec), Source.made(Source.NOISE), Source.NOISE);
    }
    StoredMedia media = StoredMedia.of(Location.of(wish.input()));
    Entry entry = media.entry();
    Still still = Stills.read(media);
    Size size = spec.size().of(new Size(still.frame().height(), still.frame().width()));
    Frame scaled =
        Stills.scale(still.frame(), new io.reverie.video.Size(size.width(), size.height()));
    return new Original(
        new Still(scaled, still.bitDepth()),
        Source.of(entry.location(), List.of(entry), wish.output()),
        entry.identity());
  }

  /**
   * What it takes to dream on it, by its header alone.
   *
   * @throws UserException if that is more than there is
   */
  static Need need(Wish wish, PipelineSpec spec) throws IOException {
    if (wish.isNoise()) {
      DreamNeed noise = DreamNeed.of(CANVAS, spec);
      noise.require(wish.output().text(), noise.dream());
      return noise.dream();
    }
    StillHeader header = Stills.header(StoredMedia.of(Location.of(wish.input())));
    // It may lie on its side; then a size with one side given is another.
    DreamNeed dream =
        Stream.of(
                new Size((int) header.height(), (int) header.width()),
                new Size((int) header.width(), (int) header.height()))
            .map(size -> DreamNeed.of(size, spec))
            .min(Comparator.comparingDouble(need -> need.still(header).heap()))
            .get();
    dream.require(wish.input(), dream.still(header));
    return dream.still(header);
  }

  private static Still noise(PipelineSpec spec) {
    Size size = spec.size().of(CANVAS);
    Image image = Noise.image(size, spec.noise().mean(), spec.noise().deviation(), spec.seed());
    return new Still(
        new Frame(size.width(), size.height(), image.rgb(), Optional.empty(), 0, false), 8);
  }

  /** The picture for the dream. */
  Image image() {
    Frame frame = still.frame();
    return new Image(new Size(frame.height(), frame.width()), frame.rgb());
  }

  /** What of it a video of its dreams cannot have, a sentence each. */
  List<String> losses(Dreamer dreamer, Size dreamSize) {
    List<String> losses = new ArrayList<>();
    if (still.frame().alpha().isPresent()) {
      losses.add("a dive has no transparency; it is left out");
    }
    dreamer.spec().leftOut(dreamer.octaves(dreamSize).size()).ifPresent(losses::add);
    return losses;
  }
}
