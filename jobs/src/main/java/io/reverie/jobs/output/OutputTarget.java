package io.reverie.jobs.output;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.StoredMedia;
import io.reverie.video.AssemblyReport;
import io.reverie.video.FramePattern;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.assemble.Assembler;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.SegmentWriter;
import io.reverie.video.encode.StillsWriter;
import io.reverie.video.note.Note;
import io.reverie.video.note.NoteReader;
import io.reverie.video.note.StillNotes;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** What the dreamed frames of a video become. */
public sealed interface OutputTarget extends Serializable {

  /** Tells by the output's name. */
  static OutputTarget of(Location output, PipelineSpec spec) {
    if (FramePattern.isPattern(output.name())) {
      if (!io.reverie.video.still.Stills.supports(output.name())) {
        throw UserException.usage(
            "%s: numbered frames are written as .png, .jpg, .webp or .tif".formatted(output));
      }
      return new Stills(output.parent(), new FramePattern(output.name()), spec.images().quality());
    }
    try {
      return new Video(output, OutputFormat.of(output.text(), spec.video().encodeOptions()));
    } catch (MediaException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /** Whether a complete result is there. */
  boolean exists() throws IOException;

  /** Writes frames to a file of this machine, to be kept until the result is made. */
  FrameWriter writer(Path part, OutputTimeline film);

  /** Says what such files hold. */
  String pieces();

  /** Something that must happen before a result is there. */
  interface Before {
    void publishing(long frames) throws IOException;
  }

  /** Makes the result out of the finished pieces, in their order, with a note inside. */
  AssemblyReport publish(OutputTimeline film, List<MediaSource> pieces, Note note, Before before)
      throws IOException;

  /** A video file. */
  record Video(Location output, OutputFormat format) implements OutputTarget {

    @Override
    public boolean exists() throws IOException {
      return Storage.of(output).find(output).isPresent();
    }

    @Override
    public FrameWriter writer(Path part, OutputTimeline film) {
      return new SegmentWriter(part, format, film.format());
    }

    @Override
    public String pieces() {
      return format.toString();
    }

    @Override
    public AssemblyReport publish(
        OutputTimeline film, List<MediaSource> pieces, Note note, Before before)
        throws IOException {
      AssemblyReport report =
          Storage.of(output)
              .publish(
                  output,
                  part -> {
                    AssemblyReport made = assemble(film, pieces, note, part);
                    before.publishing(made.frames());
                    return made;
                  });
      List<String> warnings = new ArrayList<>(format.losses(film.format()));
      warnings.addAll(report.warnings());
      return new AssemblyReport(report.frames(), warnings);
    }

    /** A failure names the result; the part that it was to become is gone then. */
    private AssemblyReport assemble(
        OutputTimeline film, List<MediaSource> pieces, Note note, Path part) {
      try {
        return new Assembler(film.index(), film.range(), format, Optional.of(note))
            .assemble(film.media(), pieces, part);
      } catch (MediaException e) {
        throw e.naming(output.text(), part);
      }
    }
  }

  /** Numbered frames, from 1 on. They hold no sound. */
  record Stills(Location folder, FramePattern pattern, int quality) implements OutputTarget {

    @Override
    public boolean exists() throws IOException {
      Location first = folder.resolve(pattern.name(1));
      return Storage.of(first).find(first).isPresent();
    }

    @Override
    public FrameWriter writer(Path part, OutputTimeline film) {
      int first = film.index().first(film.range().from());
      return new StillsWriter(part, pattern, film.index(), first, quality);
    }

    @Override
    public String pieces() {
      return pattern.text();
    }

    @Override
    public AssemblyReport publish(
        OutputTimeline film, List<MediaSource> pieces, Note note, Before before)
        throws IOException {
      long frames = 0;
      for (MediaSource piece : pieces) {
        frames += unpack(piece, note, false);
      }
      before.publishing(frames);
      deleteBehind(frames);
      // Its presence says that all are there.
      unpack(pieces.get(0), note, true);
      return new AssemblyReport(frames, List.of());
    }

    /** What a longer result has left there would be taken for the end of this one. */
    private void deleteBehind(long frames) throws IOException {
      Location next = folder.resolve(pattern.name(frames + 1));
      for (long n = frames + 2; isOurs(next); n++) {
        Storage.of(next).delete(next);
        next = folder.resolve(pattern.name(n));
      }
    }

    private static boolean isOurs(Location still) throws IOException {
      return Storage.of(still).find(still).isPresent()
          && NoteReader.read(StoredMedia.of(still)).isPresent();
    }

    /** A work folder may be one that others write to. */
    private void requireFrame(String name, MediaSource piece) throws IOException {
      OptionalLong number = pattern.number(name);
      if (number.isEmpty() || !pattern.name(number.getAsLong()).equals(name)) {
        throw new IOException(
            "%s holds '%s', which is no frame of %s; delete its folder and run again"
                .formatted(piece.name(), name, pattern.text()));
      }
    }

    /**
     * Publishes the stills of a piece, the very first one of all apart.
     *
     * @return how many it holds
     */
    private long unpack(MediaSource piece, Note note, boolean first) throws IOException {
      long frames = 0;
      try (InputStream in = Channels.newInputStream(piece.open());
          ZipInputStream stills = new ZipInputStream(in)) {
        for (ZipEntry next = stills.getNextEntry(); next != null; next = stills.getNextEntry()) {
          requireFrame(next.getName(), piece);
          frames++;
          if (next.getName().equals(pattern.name(1)) == first) {
            Location still = folder.resolve(next.getName());
            byte[] plain = stills.readAllBytes();
            Storage.of(still).write(still, StillNotes.put(plain, note).orElse(plain));
          }
        }
      }
      return frames;
    }
  }
}
