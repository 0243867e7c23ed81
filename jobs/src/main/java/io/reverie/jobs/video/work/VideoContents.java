package io.reverie.jobs.video.work;

import io.reverie.jobs.storage.Sha256;
import io.reverie.jobs.video.index.ReadVideo;
import io.reverie.video.MediaException;
import io.reverie.video.shot.Shots;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this process has read of videos. It keeps a few of them, and none for which the heap is too
 * small; the others are read again.
 */
public final class VideoContents {

  /** More than one process works on at once. */
  private static final int MOST = 64;

  private static final Map<String, Slot> SLOTS =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Slot> eldest) {
          return size() > MOST;
        }
      };

  /** A video; its own lock lets others be read meanwhile. */
  private static final class Slot {
    private SoftReference<@Nullable ReadVideo> read = new SoftReference<>(null);
    private SoftReference<@Nullable VideoContent> content = new SoftReference<>(null);
  }

  private VideoContents() {}

  private static Slot slot(PlannedVideo video) {
    synchronized (SLOTS) {
      return SLOTS.computeIfAbsent(video.work().folder().folder().text(), folder -> new Slot());
    }
  }

  /**
   * What is known of the frames of a video that was planned.
   *
   * @throws MediaException if the input has changed, or a part of the work folder is gone
   */
  public static VideoContent of(PlannedVideo video) throws IOException {
    Slot slot = slot(video);
    synchronized (slot) {
      VideoContent known = slot.content.get();
      if (known == null) {
        known = VideoContent.of(video, read(video), shots(video));
        slot.content = new SoftReference<>(known);
      }
      return known;
    }
  }

  /** What was read of a video, from the work folder or, if there is none, from the input. */
  public static ReadVideo read(PlannedVideo video) throws IOException {
    Slot slot = slot(video);
    synchronized (slot) {
      ReadVideo known = slot.read.get();
      if (known == null) {
        Optional<ReadVideo> stored = stored(video);
        known =
            stored.isPresent()
                ? stored.get()
                : VideoProbe.read(video.workItem().input(), video.spec());
        if (!isOf(video, known)) {
          throw new MediaException(
              "%s has changed during the run; rerun to dream what it is now"
                  .formatted(video.workItem().input()));
        }
        slot.read = new SoftReference<>(known);
      }
      return known;
    }
  }

  /** What the work folder has of a video. */
  public static Optional<ReadVideo> stored(PlannedVideo video) throws IOException {
    return video.work().index(video.workItem().input()).filter(read -> isOf(video, read));
  }

  /** Keeps what was just read. */
  public static void keep(PlannedVideo video, ReadVideo read) {
    Slot slot = slot(video);
    synchronized (slot) {
      slot.read = new SoftReference<>(read);
    }
  }

  private static boolean isOf(PlannedVideo video, ReadVideo read) {
    return Sha256.of(read.input().identity()).equals(video.identity());
  }

  private static Shots shots(PlannedVideo video) throws IOException {
    Optional<Shots> known = video.shots().stream().findFirst();
    if (known.isEmpty()) {
      known = VideoProbe.shots(video, read(video));
    }
    return known.orElseThrow(
        () ->
            new MediaException(
                "%s: its cuts are missing from %s; rerun to detect them again"
                    .formatted(video.workItem().input(), video.work().folder().folder())));
  }
}
