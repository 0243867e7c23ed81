package io.reverie.video.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.av_probe_input_buffer2;
import static org.bytedeco.ffmpeg.global.avformat.avformat_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_close_input;
import static org.bytedeco.ffmpeg.global.avformat.avformat_find_stream_info;
import static org.bytedeco.ffmpeg.global.avformat.avformat_free_context;
import static org.bytedeco.ffmpeg.global.avformat.avformat_open_input;
import static org.bytedeco.ffmpeg.global.avformat.avio_alloc_context;
import static org.bytedeco.ffmpeg.global.avformat.avio_context_free;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EIO;
import static org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF;
import static org.bytedeco.ffmpeg.global.avutil.av_free;
import static org.bytedeco.ffmpeg.global.avutil.av_malloc;

import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.allowlist.Containers;
import io.reverie.video.allowlist.Decoders;
import io.reverie.video.header.HeaderException;
import io.reverie.video.header.HeifLocations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A demuxer that reads from a channel. FFmpeg itself opens neither URLs nor other files. */
public final class MediaInput implements AutoCloseable {

  private static final int BUFFER = 128 << 10;
  // Flags that the presets do not map.
  private static final int GENERATE_PTS = 1;
  private static final int CUSTOM_IO = 0x80;
  private static final int WHENCE = 3;

  /** More streams than a whole satellite transport stream has. */
  private static final int MAX_STREAMS = 300;

  // Shared by all inputs, because JavaCPP supports only ten instances of a callback; held in
  // fields,
  // because they must not be collected; and retained, because the class may be initialised within a
  // PointerScope, which would free them.
  private static final Reader READER = new Reader().retainReference();
  private static final Seeker SEEKER = new Seeker().retainReference();
  private static final Map<Long, MediaInput> OPEN = new ConcurrentHashMap<>();

  private final String name;
  private final SeekableByteChannel channel;
  private final AVFormatContext context;
  private final AVIOContext io;

  /** Passed back by native callbacks to identify this input. */
  private final BytePointer key = new BytePointer(1);

  private Optional<IOException> failure = Optional.empty();

  private MediaInput(String name, SeekableByteChannel channel) {
    this.name = name;
    this.channel = channel;
    try (ConstructionGuard guard = new ConstructionGuard()) {
      BytePointer buffer = guard.add(new BytePointer(av_malloc(BUFFER)), b -> av_free(b));
      this.io =
          guard.add(
              avio_alloc_context(buffer, BUFFER, 0, key, READER, null, SEEKER),
              made -> avio_context_free(made));
      this.context = guard.add(avformat_alloc_context(), made -> avformat_free_context(made));
      context.pb(io);
      context.flags(context.flags() | CUSTOM_IO | GENERATE_PTS);
      // A disguised playlist must not make FFmpeg open other files.
      context.protocol_whitelist(Ffmpeg.copy("none"));
      context.format_whitelist(Ffmpeg.copy(Containers.list()));
      context.codec_whitelist(Ffmpeg.copy(Decoders.list()));
      context.max_streams(MAX_STREAMS);
      OPEN.put(key.address(), this);
      guard.complete();
    }
  }

  /**
   * Opens a file and reads its stream information.
   *
   * @throws MediaException if it is missing or not readable by FFmpeg
   */
  public static MediaInput open(MediaSource source) {
    Ffmpeg.quiet();
    String name = source.name();
    try (ConstructionGuard guard = new ConstructionGuard()) {
      SeekableByteChannel channel = guard.add(channel(source), opened -> close(opened, name));
      requireItems(channel, name);
      MediaInput input = guard.add(new MediaInput(name, channel), MediaInput::close);
      input.readHeader(source);
      guard.complete();
      return input;
    }
  }

  private static SeekableByteChannel channel(MediaSource source) {
    try {
      return source.open();
    } catch (IOException e) {
      throw new MediaException("cannot open %s: %s".formatted(source.name(), e.getMessage()), e);
    }
  }

  private static void requireItems(SeekableByteChannel channel, String name) {
    try {
      HeifLocations.require(channel);
      channel.position(0);
    } catch (HeaderException e) {
      throw new MediaException(name + " " + e.getMessage(), e);
    } catch (IOException e) {
      throw new MediaException("cannot read %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  private static void close(SeekableByteChannel channel, String name) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new MediaException("cannot close %s: %s".formatted(name, e.getMessage()), e);
    }
  }

  /**
   * Detects the container by content and rejects containers that are not allowed, before FFmpeg
   * opens the file.
   */
  private AVInputFormat container() {
    AVInputFormat found = new AVInputFormat(null);
    int score = av_probe_input_buffer2(io, found, (String) null, null, 0, 0);
    checkRead();
    if (score < 0 || found.isNull()) {
      return found;
    }
    if (!Containers.allows(found.name().getString())) {
      throw new MediaException(
          "%s is not a supported video but %s (%s); supported formats are %s"
              .formatted(
                  name,
                  found.long_name().getString(),
                  found.name().getString(),
                  Containers.SUPPORTED));
    }
    return found;
  }

  private void readHeader(MediaSource source) {
    int opened = avformat_open_input(context, (String) null, container(), (AVDictionary) null);
    if (opened < 0) {
      // FFmpeg freed the context.
      context.setNull();
      checkRead();
      throw new MediaException(
          Mp4Boxes.lacksIndex(source)
              ? "%s is truncated: its index (moov) is missing; copy or download it again"
                  .formatted(name)
              : "%s is not a video that FFmpeg can read: %s"
                  .formatted(name, Ffmpeg.reason(opened)));
    }
    CodedSize.require(context, name);
    Ffmpeg.check(
        avformat_find_stream_info(context, (AVDictionary) null), "no streams were found", name);
    CodedSize.require(context, name);
  }

  /**
   * Throws if a read failed; FFmpeg cannot distinguish that from the end of the file.
   *
   * @throws MediaException if a read failed
   */
  void checkRead() {
    if (failure.isPresent()) {
      throw new MediaException(
          "cannot read %s: %s".formatted(name, failure.get().getMessage()), failure.get());
    }
  }

  public AVFormatContext context() {
    return context;
  }

  public String name() {
    return name;
  }

  /** Closing again has no effect. */
  @Override
  public void close() {
    if (!OPEN.containsKey(key.address())) {
      return;
    }
    if (!context.isNull()) {
      avformat_close_input(context);
    }
    av_free(io.buffer());
    avio_context_free(io);
    OPEN.remove(key.address());
    key.close();
    close(channel, name);
  }

  /** Calls back into Java; exceptions must not reach native code and become error codes. */
  private static final class Reader extends Read_packet_Pointer_BytePointer_int {
    @Override
    public int call(Pointer opaque, BytePointer into, int size) {
      return Objects.requireNonNull(OPEN.get(opaque.address())).read(into, size);
    }
  }

  private static final class Seeker extends Seek_Pointer_long_int {
    @Override
    public long call(Pointer opaque, long offset, int whence) {
      return Objects.requireNonNull(OPEN.get(opaque.address())).seek(offset, whence);
    }
  }

  private int read(BytePointer into, int size) {
    try {
      ByteBuffer buffer = into.capacity(size).asByteBuffer();
      int read = channel.read(buffer);
      return read <= 0 ? AVERROR_EOF() : read;
    } catch (Throwable e) {
      failure = Optional.of(e instanceof IOException io ? io : new IOException(e));
      return AVERROR_EIO();
    }
  }

  private long seek(long offset, int whence) {
    try {
      if ((whence & AVSEEK_SIZE) != 0) {
        return channel.size();
      }
      long base =
          switch (whence & WHENCE) {
            case 1 -> channel.position();
            case 2 -> channel.size();
            default -> 0;
          };
      channel.position(base + offset);
      return base + offset;
    } catch (IOException e) {
      failure = Optional.of(e);
      return AVERROR_EIO();
    } catch (Throwable e) {
      // Damaged files contain impossible positions.
      return AVERROR_EIO();
    }
  }
}
