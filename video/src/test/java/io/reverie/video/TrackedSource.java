package io.reverie.video;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.List;

/** A source that remembers its channels, to find those that are not closed. */
public record TrackedSource(MediaSource media, List<SeekableByteChannel> opened)
    implements MediaSource {

  public TrackedSource(MediaSource media) {
    this(media, new ArrayList<>());
  }

  @Override
  public String name() {
    return media.name();
  }

  @Override
  public SeekableByteChannel open() throws IOException {
    SeekableByteChannel channel = media.open();
    opened.add(channel);
    return channel;
  }
}
