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
import java.util.OptionalLong;
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

  /** Numbered images, from 1, without sound. */
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
      long frames = 0;
      try (ParallelWrites writes = new ParallelWrites()) {
        for (MediaSource segment : segments) {
          frames += unpack(segment, note, false, writes);
        }
        writes.finish();
      }
      AssemblyReport report = new AssemblyReport(frames, streams(timeline));
      hook.beforePublish(report);
      deleteStaleFrames(frames);
      // Published last: its presence marks the result as complete.
      try (ParallelWrites writes = new ParallelWrites()) {
        unpack(segments.get(0), note, true, writes);
        writes.finish();
      }
      return report;
    }

    /** Deletes frames of an earlier, longer result, which would seem to belong to this one. */
    private void deleteStaleFrames(long frames) throws IOException {
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

    /** Checks the name, since others may have write access to the work folder. */
    private void requireFrame(String name, MediaSource segment) throws IOException {
      OptionalLong number = pattern.number(name);
      if (number.isEmpty() || !pattern.name(number.getAsLong()).equals(name)) {
        throw new IOException(
            "%s contains '%s', which is not a frame of %s; delete its folder and rerun"
                .formatted(segment.name(), name, pattern.text()));
      }
    }

    /**
     * Publishes the images of a segment: only the very first one, or all others.
     *
     * @param first whether to publish only the first
     * @return number of images in the segment
     */
    private long unpack(MediaSource segment, Note note, boolean first, ParallelWrites writes)
        throws IOException {
      long frames = 0;
      try (InputStream in = Channels.newInputStream(segment.open());
          ZipInputStream stills = new ZipInputStream(in)) {
        for (ZipEntry next = stills.getNextEntry(); next != null; next = stills.getNextEntry()) {
          requireFrame(next.getName(), segment);
          frames++;
          if (next.getName().equals(pattern.name(1)) == first) {
            Location still = folder.resolve(next.getName());
            byte[] bytes = stills.readAllBytes();
            writes.write(still, StillNotes.put(bytes, note).orElse(bytes));
          }
        }
      }
      return frames;
    }
  }
}
