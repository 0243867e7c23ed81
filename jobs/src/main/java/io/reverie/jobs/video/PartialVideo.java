package io.reverie.jobs.video;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.output.Pieces;
import io.reverie.jobs.output.Pieces.Piece;
import io.reverie.jobs.plan.Chunk;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Segment;
import io.reverie.jobs.report.LiveReport;
import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.run.Outcome.Status;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.video.input.InputVideo;
import io.reverie.jobs.video.record.SegmentEnd;
import io.reverie.jobs.video.record.SegmentResult;
import io.reverie.jobs.video.work.PlannedVideo;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.jobs.video.work.VideoWork;
import io.reverie.video.PacketTimes;
import io.reverie.video.PtsRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the finished beginning of a video next to its result, and again when it has grown, on a
 * thread of the driver: packets are only copied, and seams faded in tasks. Without the option it
 * does nothing.
 */
final class PartialVideo implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(PartialVideo.class);
  private static final int PAUSE_SECONDS = 5;

  /** By how much a beginning must have grown, so that all renewals together stay cheap. */
  private static final double GROWTH = 1.1;

  private final PlannedVideo video;
  private final LiveReport report;
  private final Seams seams;
  private final Set<Integer> finished = ConcurrentHashMap.newKeySet();
  private final List<Piece> files = new ArrayList<>();
  private int segments;
  private int frames;
  private int published;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private Optional<Thread> thread = Optional.empty();

  /** Fades seams in tasks. */
  interface Seams {

    /**
     * Fades seams between finished segments, unless that was done before.
     *
     * @param before numbers of the segments before them
     * @return whether all are done
     */
    boolean fade(List<Integer> before) throws Exception;
  }

  /** Watches nothing until it is started. */
  PartialVideo(PlannedVideo video, LiveReport report, Seams seams) {
    this.video = video;
    this.report = report;
    this.seams = seams;
  }

  /**
   * Begins to watch segments.
   *
   * @param wanted whether to do anything
   */
  static PartialVideo of(PlannedVideo video, LiveReport report, Seams seams, boolean wanted) {
    PartialVideo partial = new PartialVideo(video, report, seams);
    if (wanted) {
      Thread thread = new Thread(partial::renew, "partial video");
      thread.setDaemon(true);
      thread.start();
      partial.thread = Optional.of(thread);
    }
    return partial;
  }

  /**
   * The file of a result's beginning: {@code dream.partial.mp4} for {@code dream.mp4}.
   *
   * @param output of a video, which has an extension
   */
  static Location file(Location output) {
    String name = output.name();
    int dot = name.lastIndexOf('.');
    return output.sibling(name.substring(0, dot) + ".partial" + name.substring(dot));
  }

  /**
   * Refuses results that cannot have a playable beginning.
   *
   * @throws UserException that names one
   */
  static void requireFilms(List<SpecifiedItem> items) {
    Set<Location> outputs =
        items.stream().map(each -> each.item().output()).collect(Collectors.toSet());
    for (SpecifiedItem each : items) {
      Location output = each.item().output();
      if (!(OutputTarget.of(output, each.resolved().spec()) instanceof OutputTarget.Video)) {
        throw UserException.usage(
            "--partial makes a video, but %s names numbered frames; name a video, such as dream.mp4"
                .formatted(output));
      }
      if (outputs.contains(file(output))) {
        throw UserException.usage(
            "--partial would write the finished part of %s to %s, which is the result of another input; name another output"
                .formatted(output, file(output)));
      }
    }
  }

  /**
   * Refuses to replace a file that no run of these videos has made.
   *
   * @throws UserException that names the first one
   */
  static void requireOwn(List<SpecifiedItem> items, RunOptions options) throws IOException {
    for (SpecifiedItem item : items) {
      Location file = file(item.item().output());
      if (!options.overwrite() && Storage.of(file).find(file).isPresent()) {
        InputVideo input = InputVideo.of(item.item().input(), item.resolved().spec());
        if (!PlannedVideo.of(item, input, options).work().hasPartial()) {
          throw UserException.environment(
              "--partial would replace %s, which is not from this run; move it, or add --overwrite"
                  .formatted(file));
        }
      }
    }
  }

  /** Takes a finished segment; never waits. */
  void ended(SegmentEnd end) {
    if (end.problem().isEmpty()) {
      finished.add(end.number());
    }
  }

  private void renew() {
    try {
      boolean mayGrow = true;
      while (mayGrow && !stopped.await(PAUSE_SECONDS, TimeUnit.SECONDS)) {
        mayGrow = renewOnce();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns whether the beginning may still grow. */
  boolean renewOnce() {
    try {
      VideoItem item = video.open();
      List<Segment> added = added(item);
      if (!fade(added)) {
        // The fade after dreaming reports the error.
        return false;
      }
      Beginning beginning = beginning(item, added);
      if (beginning.frames() > published * GROWTH && beginning.frames() > 0) {
        Location file = file(item.output());
        item.work().markPartial();
        publish(item, beginning, file);
        published = beginning.frames();
        report.partial(Optional.of(file));
      }
      return true;
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      tell(e);
      return true;
    } catch (Exception e) {
      // Spark gave up the seams, or the run was cancelled.
      tell(e);
      return false;
    }
  }

  /** The whole result will be there all the same. */
  private void tell(Throwable e) {
    LOG.debug("no partial video of {}: {}", video.output(), e.toString());
  }

  /**
   * The files of a video's beginning.
   *
   * @param end presentation time of the first frame after it
   */
  private record Beginning(List<Piece> files, int frames, long end) {}

  /** The segments that continue the beginning since the last renewal. */
  private List<Segment> added(VideoItem item) {
    return item.plan().segments().stream()
        .skip(segments)
        .takeWhile(segment -> finished.contains(segment.number()))
        .toList();
  }

  private boolean fade(List<Segment> added) throws Exception {
    List<Integer> before =
        added.stream().flatMap(segment -> seamBefore(segment).stream()).map(Seam::before).toList();
    return before.isEmpty() || seams.fade(before);
  }

  /** Goes on where the last renewal ended. */
  private Beginning beginning(VideoItem item, List<Segment> added) throws IOException {
    for (Segment segment : added) {
      List<SegmentResult> results = new ArrayList<>();
      Optional<Seam> seam = seamBefore(segment);
      if (seam.isPresent()) {
        results.add(item.work().required(true, seam.get().before()));
      }
      results.add(item.work().required(false, segments));
      // All or nothing: the next renewal begins with the first segment that is missing.
      results.forEach(this::add);
      segments++;
    }
    List<Segment> all = item.plan().segments();
    long end = segments == 0 ? item.range().from() : all.get(segments - 1).body().to();
    Beginning whole = new Beginning(List.copyOf(files), frames, end);
    return segments == all.size() || seamBefore(all.get(segments)).isPresent()
        ? whole
        : withChunks(item, all.get(segments), whole);
  }

  private void add(SegmentResult result) {
    files.addAll(result.pieces());
    frames += result.counts().frames();
  }

  private static Optional<Seam> seamBefore(Segment segment) {
    return segment.seams().stream().filter(s -> s.before() == segment.number() - 1).findFirst();
  }

  /** Adds the finished chunks of a segment that is not finished itself. */
  private static Beginning withChunks(VideoItem item, Segment segment, Beginning before)
      throws IOException {
    List<Piece> files = new ArrayList<>(before.files());
    int frames = before.frames();
    long end = before.end();
    for (Chunk chunk : segment.chunks()) {
      String name = VideoWork.chunk(segment, chunk);
      Location file = item.work().file(name);
      if (Storage.of(file).find(file).isEmpty()) {
        break;
      }
      // Its segment has no record yet.
      files.add(new Piece(name, PacketTimes.UNKNOWN));
      end = Math.min(chunk.range().to(), segment.body().to());
      frames += item.index().count(new PtsRange(chunk.range().from(), end));
    }
    return new Beginning(files, frames, end);
  }

  private static void publish(VideoItem item, Beginning beginning, Location file)
      throws IOException {
    ((OutputTarget.Video) item.target())
        .publishBeginning(
            file,
            item.timeline().until(beginning.end()),
            new Pieces(item.work().folder(), beginning.files()));
  }

  /** Stops, and waits for what it is doing. */
  @Override
  public void close() {
    stopped.countDown();
    thread.ifPresent(
        made -> {
          try {
            made.join();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
  }

  /** Deletes the beginning of a video that is there as a whole. */
  static void delete(Outcome outcome, LiveReport report) throws IOException {
    if (outcome.status() == Status.DREAMED || outcome.status() == Status.KEPT) {
      Location file = file(Location.of(outcome.output()));
      Storage.of(file).delete(file);
    }
    report.partial(Optional.empty());
  }
}
