package io.reverie.jobs.output;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.listing.NoFile;
import io.reverie.jobs.run.OutputRule;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.Storage;
import io.reverie.jobs.storage.media.ParallelWrites;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.AssemblyReport;
import io.reverie.video.FramePattern;
import io.reverie.video.FrameWriter;
import io.reverie.video.MediaException;
import io.reverie.video.MediaSource;
import io.reverie.video.SegmentFiles;
import io.reverie.video.assemble.Assembler;
import io.reverie.video.encode.OutputFormat;
import io.reverie.video.encode.SegmentWriter;
import io.reverie.video.encode.StillsWriter;
import io.reverie.video.note.Note;
import io.reverie.video.note.NoteReader;
import io.reverie.video.note.StillNotes;
import io.reverie.video.still.StillFormat;
import io.reverie.video.still.StillOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The form in which dreamed frames are published: a video file or numbered images. */
public sealed interface OutputTarget extends Serializable {

  /**
   * Returns whether an output of videos is a folder.
   *
   * @param one whether there is exactly one video
   * @throws UserException for several videos in one file
   */
  static boolean isFolder(Location output, boolean one) throws IOException {
    return OutputRule.isFolder(
        output, one, name -> OutputFormat.supports(name) || FramePattern.isPattern(name));
  }

  /**
   * Returns the name of a video's result in a folder: the input's if its format can be written,
   * otherwise with {@code .mp4} appended.
   */
  static String nameOf(String input) {
    return OutputFormat.supports(input) ? input : input + ".mp4";
  }

  /** Chooses the form by the output's name. */
  static OutputTarget of(Location output, PipelineSpec spec) {
    NoFile.requireOutput(output);
    if (FramePattern.isPattern(output.name())) {
      if (StillFormat.of(output.name()).isEmpty()) {
        throw UserException.usage(
            "%s: numbered frames must be %s".formatted(output, StillFormat.EXTENSIONS));
      }
      return new Stills(output.parent(), new FramePattern(output.name()), spec.images().options());
    }
    try {
      return new Video(output, OutputFormat.of(output.text(), spec.video().encodeOptions()));
    } catch (MediaException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /** Returns the file whose presence marks the result as complete. */
  Location mark();

  /** Returns whether a complete result exists. */
  default boolean exists() throws IOException {
    return Storage.of(mark()).find(mark()).isPresent();
  }

  /**
   * Opens a local file for some of the frames, stored in the work folder until the result is
   * assembled.
   */
  FrameWriter writer(Path part, OutputTimeline timeline);

  /** Identifies the content of such files; part of a work folder's key. */
  String segmentFormat();

  /** Returns whether players can detect that frames of this form are HDR. */
  boolean storesHdr();

  /** Tells what becomes of the source's other streams, such as sound. */
  List<String> streams(OutputTimeline timeline);

  /** Runs before the result becomes visible. */
  interface PublishHook {
    void beforePublish(AssemblyReport report) throws IOException;
  }

  /** Assembles the pieces, in order, into the result and embeds the note. */
  AssemblyReport publish(OutputTimeline timeline, Pieces pieces, Note note, PublishHook hook)
      throws IOException;

  record Video(Location output, OutputFormat format) implements OutputTarget {

    @Override
    public Location mark() {
      return output;
    }

    @Override
    public FrameWriter writer(Path part, OutputTimeline timeline) {
      return new SegmentWriter(part, format, timeline.format());
    }

    @Override
    public String segmentFormat() {
      return format.toString();
    }

    @Override
    public List<String> streams(OutputTimeline timeline) {
      return timeline
          .media()
          .map(media -> Assembler.streams(media, timeline.index(), format))
          .orElse(List.of());
    }

    @Override
    public boolean storesHdr() {
      return format.storesHdr();
    }

    @Override
    public AssemblyReport publish(
        OutputTimeline timeline, Pieces pieces, Note note, PublishHook hook) throws IOException {
      AssemblyReport report =
          Storage.of(output)
              .publish(
                  output,
                  part -> {
                    AssemblyReport assembled =
                        pieces.read(files -> assemble(timeline, files, note, part));
                    hook.beforePublish(assembled);
                    return assembled;
                  });
      List<String> warnings = new ArrayList<>(format.losses(timeline.format()));
      warnings.addAll(report.warnings());
      return new AssemblyReport(report.frames(), warnings, report.kept());
    }

    /**
     * Publishes a playable file of the first segments, without a note: it is not a result.
     *
     * @param file replaced as a whole
     */
    public void publishBeginning(Location file, OutputTimeline timeline, Pieces pieces)
        throws IOException {
      Storage.of(file)
          .publish(
              file,
              part ->
                  pieces.read(
                      files ->
                          new Assembler(
                                  timeline.index(),
                                  timeline.range(),
                                  format,
                                  Optional.empty(),
                                  timeline.cuts())
                              .assemble(timeline.media(), files, part)));
    }

    /** Names the result in errors instead of the temporary file, which is deleted. */
    private AssemblyReport assemble(
        OutputTimeline timeline, SegmentFiles segments, Note note, Path part) {
      try {
        return new Assembler(
                timeline.index(), timeline.range(), format, Optional.of(note), timeline.cuts())
            .assemble(timeline.media(), segments, part);
      } catch (MediaException e) {
        throw e.naming(output.text(), part);
      }
    }
  }

  /**
   * Numbered images without sound. The first is number 1; where frames could not be decoded,
   * numbers are missing.
   */
  record Stills(Location folder, FramePattern pattern, StillOptions options)
      implements OutputTarget {

    @Override
    public Location mark() {
      return folder.resolve(pattern.name(1));
    }

    @Override
    public FrameWriter writer(Path part, OutputTimeline timeline) {
      int first = timeline.index().first(timeline.range().from());
      return new StillsWriter(part, pattern, timeline.index(), first, options);
    }

    @Override
    public String segmentFormat() {
      return pattern.text();
    }

    @Override
    public List<String> streams(OutputTimeline timeline) {
      return timeline
          .media()
          .map(media -> Assembler.streamsWithoutPlace(media, timeline.index()))
          .orElse(List.of());
    }

    @Override
    public boolean storesHdr() {
      return false;
    }

    @Override
    public AssemblyReport publish(
        OutputTimeline timeline, Pieces pieces, Note note, PublishHook hook) throws IOException {
      return pieces.read(files -> publish(timeline, files.files(), note, hook));
    }

    private AssemblyReport publish(
        OutputTimeline timeline, List<MediaSource> segments, Note note, PublishHook hook)
        throws IOException {
      Unpacking images = new Unpacking(timeline.index().count(), note);
      try (ParallelWrites writes = new ParallelWrites()) {
        for (MediaSource segment : segments) {
          images.unpack(segment, writes);
        }
        writes.finish();
      }
      byte[] first =
          images.first.orElseThrow(
              () -> new MediaException(pattern.text() + ": there are no frames to assemble"));
      AssemblyReport report = new AssemblyReport(images.count, streams(timeline));
      hook.beforePublish(report);
      long next = images.last + 1;
      while (deleteStale(next)) {
        next++;
      }
      Storage.of(mark()).write(mark(), first);
      return report;
    }

    /** Deletes a frame of an earlier result, which would seem to belong to this one. */
    private boolean deleteStale(long number) throws IOException {
      Location frame = folder.resolve(pattern.name(number));
      boolean ours = isOurs(frame);
      if (ours) {
        Storage.of(frame).deleteFile(frame);
      }
      return ours;
    }

    private static boolean isOurs(Location still) throws IOException {
      return Storage.of(still).find(still).isPresent()
          && NoteReader.read(StoredMedia.of(still)).isPresent();
    }

    /**
     * Publishes the images of segments, of which some may be missing. The very first becomes number
     * 1 and is left to be published last: its presence marks the result as complete.
     */
    private final class Unpacking {

      private final long most;
      private final Note note;
      private Optional<byte[]> first = Optional.empty();
      private long count;

      /** The number in the segments of the image that becomes number 1, less 1. */
      private long missing;

      /** The highest number of a published image. */
      private long last;

      Unpacking(long most, Note note) {
        this.most = most;
        this.note = note;
      }

      void unpack(MediaSource segment, ParallelWrites writes) throws IOException {
        try (InputStream in = Channels.newInputStream(segment.open());
            ZipInputStream stills = new ZipInputStream(in)) {
          for (ZipEntry next = stills.getNextEntry(); next != null; next = stills.getNextEntry()) {
            long number = number(next.getName(), segment);
            byte[] bytes = stills.readAllBytes();
            put(number, StillNotes.put(bytes, note).orElse(bytes), writes);
          }
        }
      }

      /** Checks the name, since others may have write access to the work folder. */
      private long number(String name, MediaSource segment) throws IOException {
        long number = pattern.number(name).orElse(0);
        if (number <= missing || number > most || !pattern.name(number).equals(name)) {
          throw new IOException(
              "%s contains '%s', which is not a frame of %s; delete its folder and rerun"
                  .formatted(segment.name(), name, pattern.text()));
        }
        return number;
      }

      private void put(long number, byte[] still, ParallelWrites writes) throws IOException {
        count++;
        if (first.isEmpty()) {
          Storage.of(mark()).deleteFile(mark());
          first = Optional.of(still);
          missing = number - 1;
          last = 1;
          return;
        }
        long own = number - missing;
        for (long n = last + 1; n < own; n++) {
          deleteStale(n);
        }
        writes.write(folder.resolve(pattern.name(own)), still);
        last = Math.max(last, own);
      }
    }
  }
}
