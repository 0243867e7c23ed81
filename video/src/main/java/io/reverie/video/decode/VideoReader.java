package io.reverie.video.decode;

import io.reverie.video.Frame;
import io.reverie.video.FrameOrigin;
import io.reverie.video.FrameReader;
import io.reverie.video.MediaSource;
import io.reverie.video.PtsRange;
import io.reverie.video.Size;
import io.reverie.video.VideoIndex;
import io.reverie.video.VideoIndex.Entry;
import io.reverie.video.ffmpeg.CodedSize;
import io.reverie.video.ffmpeg.Decoder;
import io.reverie.video.ffmpeg.HdrSideData;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads exactly the frames of a range. Starts at the nearest entry point; if the decoded frames do
 * not match the index, restarts at the beginning of the file and skips to the current position.
 */
final class VideoReader implements FrameReader {

  private final MediaSource media;
  private final VideoIndex index;
  private final Optional<Size> size;
  private final int end;
  private final Deque<Frame> ready = new ArrayDeque<>();
  private final Map<Long, Facts> facts = new HashMap<>();
  private int position;
  private Decoder decoding;
  private UprightFrames upright;
  private boolean fromStart;
  private boolean done;

  /** The properties of a frame in the filter. */
  private record Facts(boolean corrupt, FrameOrigin origin) {}

  VideoReader(MediaSource media, VideoIndex index, PtsRange range, Optional<Size> size) {
    CodedSize.require(size.orElse(index.size()), media.name());
    this.media = media;
    this.index = index;
    this.size = size;
    this.position = index.first(range.from());
    this.end = index.first(range.to());
    this.upright = new UprightFrames(index, size);
    this.decoding = begin();
  }

  /** Returns the frames needed on each side: deinterlacing uses the neighbours. */
  private int margin() {
    return index.interlaced() ? 1 : 0;
  }

  private long firstDecoded() {
    return index.times()[Math.max(0, Math.min(position, index.count() - 1) - margin())];
  }

  private Decoder begin() {
    for (int i = index.entries().length - 1; i > 0; i--) {
      Entry entry = index.entries()[i];
      if (entry.pts() <= firstDecoded()) {
        Optional<Decoder> found = Decoder.from(media, index, entry);
        if (found.isPresent()) {
          return found.get();
        }
      }
    }
    fromStart = true;
    return Decoder.fromStart(media, index);
  }

  private void restart() {
    decoding.close();
    upright.close();
    ready.clear();
    facts.clear();
    fromStart = true;
    done = false;
    upright = new UprightFrames(index, size);
    decoding = Decoder.fromStart(media, index);
  }

  /** Returns whether everything before the range had to be decoded. */
  boolean fromStart() {
    return fromStart;
  }

  @Override
  public Optional<Frame> next() {
    while (position < end) {
      Optional<Frame> frame = nextReady();
      if (frame.isEmpty()) {
        if (fromStart) {
          return Optional.empty();
        }
        restart();
      } else if (frame.get().pts() == index.times()[position]) {
        position++;
        return frame;
      } else if (fromStart) {
        // The packets announced a frame that cannot be decoded.
        position = Math.max(position, index.first(frame.get().pts()));
        ready.addFirst(frame.get());
      } else {
        restart();
      }
    }
    return Optional.empty();
  }

  /** Returns the next frame at or after the current position. */
  private Optional<Frame> nextReady() {
    while (true) {
      Frame frame = ready.poll();
      if (frame == null) {
        if (!decodeNext()) {
          return Optional.empty();
        }
      } else if (frame.pts() >= index.times()[position]) {
        return Optional.of(frame);
      }
    }
  }

  /** Decodes one more frame into the filter; returns false when no more will come. */
  private boolean decodeNext() {
    if (done) {
      return false;
    }
    boolean decoded = decoding.next();
    if (!fromStart && decoding.doubtful()) {
      // Decoding from the start may give the correct frame.
      restart();
      return true;
    }
    boolean known = decoded && index.has(decoding.pts());
    if (known && decoding.pts() >= firstDecoded()) {
      filter();
    }
    int last = Math.min(index.count() - 1, end - 1 + margin());
    done = !decoded || (known && decoding.pts() >= index.times()[last]);
    if (done) {
      upright.end();
    }
    drain();
    return true;
  }

  private void filter() {
    Size shown = decoding.shown();
    FrameOrigin origin =
        new FrameOrigin(!shown.equals(upright.usual()), HdrSideData.hasHdr10Plus(decoding.frame()));
    facts.put(decoding.pts(), new Facts(decoding.corrupt(), origin));
    decoding.frame().pts(decoding.pts());
    if (!upright.fits(decoding.frame(), shown)) {
      upright.end();
      drain();
      upright.close();
      upright = new UprightFrames(index, size);
    }
    upright.put(decoding.frame(), shown);
  }

  private void drain() {
    for (Optional<Frame> f = upright.next(); f.isPresent(); f = upright.next()) {
      Facts known = facts.remove(f.get().pts());
      Frame frame = known == null ? f.get() : f.get().from(known.origin());
      ready.add(known != null && known.corrupt() ? frame.asCorrupt() : frame);
    }
  }

  @Override
  public void close() {
    decoding.close();
    upright.close();
  }
}
