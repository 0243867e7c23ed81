package io.reverie.jobs.preview;

import io.reverie.core.Size;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.images.StillPreview;
import io.reverie.jobs.output.OutputTarget;
import io.reverie.jobs.progress.FrameCounter;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.run.PreviewDream;
import io.reverie.jobs.run.RunOptions;
import io.reverie.jobs.spec.PipelineSpec;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.VideoPreview;
import io.reverie.video.FramePattern;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.io.Serializable;
import java.util.Locale;

/** The input of a preview. */
sealed interface Subject extends Serializable {

  /** The size of the source. */
  Size size();

  /** The number of pictures to look at. */
  int pictures();

  /** The name of a picture among several; empty if there is one. */
  String picture(int number);

  /** The command that dreams all of it. */
  String command();

  /** A name for the result of a look. */
  String result(String look);

  PreviewDream dream(ResolvedSpec resolved, Device device, int picture) throws IOException;

  /** Returns an animated WebP around a picture. */
  byte[] motion(ResolvedSpec resolved, RunOptions options, FrameCounter frames, int picture)
      throws IOException;

  /** Returns how much more work all of it is than one picture. */
  WholeRun whole(PipelineSpec spec);

  /** A still image. */
  record StillSubject(StillPreview sample, int width, int height) implements Subject {

    static StillSubject of(StillPreview sample) throws IOException {
      Size size = sample.size();
      return new StillSubject(sample, size.width(), size.height());
    }

    @Override
    public Size size() {
      return new Size(width, height);
    }

    @Override
    public int pictures() {
      return 1;
    }

    @Override
    public String picture(int number) {
      return "";
    }

    @Override
    public String command() {
      return "images";
    }

    @Override
    public String result(String look) {
      return inserted(Stills.result(Location.of(sample.item().input()).name()), look);
    }

    @Override
    public PreviewDream dream(ResolvedSpec resolved, Device device, int picture)
        throws IOException {
      return sample.dream(resolved, device);
    }

    @Override
    public byte[] motion(
        ResolvedSpec resolved, RunOptions options, FrameCounter frames, int picture) {
      throw UserException.usage("--motion needs a video");
    }

    @Override
    public WholeRun whole(PipelineSpec spec) {
      return WholeRun.ofStill();
    }
  }

  /** A video, by frames of its longest shots. */
  record VideoSubject(VideoPreview sample) implements Subject {

    @Override
    public Size size() {
      return sample.size();
    }

    @Override
    public int pictures() {
      return sample.frames().size();
    }

    @Override
    public String picture(int number) {
      return pictures() == 1
          ? ""
          : String.format(Locale.ROOT, "%.1f s", sample.seconds(sample.frames().get(number)));
    }

    @Override
    public String command() {
      return "video";
    }

    @Override
    public String result(String look) {
      String name = Location.of(sample.input().name()).name();
      return FramePattern.isPattern(name) && !sample.input().isFile()
          ? look + ".mp4"
          : inserted(OutputTarget.nameOf(name), look);
    }

    @Override
    public PreviewDream dream(ResolvedSpec resolved, Device device, int picture)
        throws IOException {
      return sample.dream(resolved, device, sample.frames().get(picture));
    }

    @Override
    public byte[] motion(
        ResolvedSpec resolved, RunOptions options, FrameCounter frames, int picture)
        throws IOException {
      return sample.motion(resolved, options, frames, sample.frames().get(picture));
    }

    @Override
    public WholeRun whole(PipelineSpec spec) {
      return WholeRun.ofVideo(sample.frameCount(), sample.segments(spec), spec);
    }
  }

  private static String inserted(String name, String look) {
    int dot = name.lastIndexOf('.');
    return name.substring(0, dot) + "-" + look + name.substring(dot);
  }
}
