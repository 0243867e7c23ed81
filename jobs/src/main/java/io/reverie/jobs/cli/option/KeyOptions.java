package io.reverie.jobs.cli.option;

import io.reverie.core.dream.param.Parameterisation;
import io.reverie.core.dream.prior.ColourMode;
import io.reverie.core.engine.Precision;
import io.reverie.core.network.Networks;
import io.reverie.core.objective.ObjectiveKind;
import io.reverie.jobs.spec.Overlay;
import io.reverie.jobs.spec.Setting;
import io.reverie.temporal.carry.Effort;
import io.reverie.temporal.carry.TemporalMode;
import io.reverie.video.encode.VideoCodec;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** All options that set a key of the spec, by command. */
public final class KeyOptions {

  /** Zoom of the zoom command: with the reference's own, the camera would not move. */
  public static final double DEFAULT_ZOOM = 1.03;

  private static final KeyOption WEIGHTS =
      KeyOption.of(
          "--weights", "weights", "FILE-OR-URI", "Weights to use instead of the network's own");

  private static final List<KeyOption> NETWORK =
      List.of(
          KeyOption.of(
                  "--network",
                  "network",
                  "NAME-OR-FILE",
                  "Built-in network (see `reverie networks`), descriptor file or ONNX model (.onnx)")
              .completing(Networks.names()),
          WEIGHTS);

  private static final List<KeyOption> DREAM =
      List.of(
          KeyOption.of(
                  "--preset",
                  "preset",
                  "PRESET",
                  "Named settings; `reverie networks NAME` lists them")
              .completing(KeyOptions::presets),
          KeyOption.choice(
              "--objective", "objective", "OBJECTIVE", "What to amplify", ObjectiveKind.class),
          KeyOption.choice(
              "--colours", "colours", "COLOURS", "Colour components to change", ColourMode.class),
          KeyOption.choice(
              "--parameterisation",
              "parameterisation",
              "BASIS",
              "Parameters to optimise",
              Parameterisation.class),
          KeyOption.of(
              "--tile",
              "tile",
              "PIXELS",
              "Dream larger images in tiles of this side, to limit memory; none disables tiling"),
          KeyOption.choice(
              "--precision",
              "precision",
              "FORMAT",
              "Number format of the network",
              Precision.class),
          KeyOption.of("--octaves", "octaves.count", "N", "Number of octaves"),
          KeyOption.of("--iterations", "iterations", "N", "Steps per octave"),
          KeyOption.of("--step", "step", "LEVELS", "Mean change per step, in grey levels"),
          KeyOption.of(
              "--strength", "strength", "X", "How much of the dream to add; 0 returns the source"),
          KeyOption.of("--seed", "seed", "N", "Random seed"));

  private static final List<KeyOption> SIZES =
      List.of(
          KeyOption.of("--size", "size", "WxH", "Output size; 640x or x360 keeps the aspect ratio"),
          KeyOption.of(
              "--dream-size",
              "dreamSize",
              "WxH",
              "Dream at this size and add the enlarged change to the full image"));

  /** Not for zooms, which have no masks. */
  private static final List<KeyOption> MASK =
      List.of(
          KeyOption.of(
              "--mask",
              "mask.file",
              "FILE",
              "Dream in the white areas of this image, video or numbered images"));

  private static final KeyOption CODEC =
      KeyOption.choice("--codec", "video.codec", "CODEC", "Codec", VideoCodec.class);

  private static final List<KeyOption> VIDEO =
      List.of(
          KeyOption.of("--start", "video.start", "TIME", "Start, in seconds or hh:mm:ss"),
          KeyOption.of("--end", "video.end", "TIME", "End, in seconds or hh:mm:ss"),
          KeyOption.choice(
              "--temporal",
              "video.temporal",
              "MODE",
              "How to reuse the previous frame's dream",
              TemporalMode.class),
          KeyOption.of(
              "--persistence",
              "video.persistence",
              "X",
              "Fraction of the carried dream to keep, from 0 to below 1"),
          KeyOption.choice(
              "--effort", "video.effort", "LEVEL", "Quality of carried frames", Effort.class),
          KeyOption.of(
              "--inbetween",
              "video.inbetween",
              "N",
              "Distance between dreamed frames; 1 dreams every frame"),
          KeyOption.of("--fps", "video.fps", "RATE", "Frame rate of numbered frames"),
          CODEC,
          KeyOption.of("--quality", "video.quality", "N", "Constant quality of the encoder"),
          KeyOption.of("--bitrate", "video.bitrate", "RATE", "Bits per second, such as 8M"),
          KeyOption.of("--pixel-format", "video.pixelFormat", "NAME", "FFmpeg pixel format"));

  private static final List<KeyOption> IMAGES =
      List.of(
          KeyOption.of("--quality", "images.quality", "N", "JPEG and WebP quality, 1 to 100"),
          KeyOption.toggle(
              "--strip-private",
              "images.stripPrivate",
              "Leave out GPS positions, place names, serial numbers, owners and maker notes"));

  private static final List<KeyOption> ZOOM =
      List.of(
          KeyOption.of("--frames", "zoom.frames", "N", "Number of frames"),
          KeyOption.of("--fps", "zoom.fps", "RATE", "Frames per second"),
          KeyOption.of("--zoom", "camera.zoom", "FACTOR", "Magnification per frame")
              .withDefault(String.valueOf(DEFAULT_ZOOM)),
          KeyOption.of(
              "--rotate", "camera.rotate", "DEGREES", "Rotation per frame, counterclockwise"),
          KeyOption.of(
              "--loop", "zoom.loop", "N", "Frames to cross-fade at the end, for seamless looping"),
          CODEC);

  private static final List<KeyOption> COMMON = joined(joined(NETWORK, DREAM), SIZES);
  private static final List<KeyOption> MASKED = joined(COMMON, MASK);

  /** Its networks may be several, and its size is that of the page's pictures. */
  private static final List<KeyOption> PREVIEW = joined(joined(List.of(WEIGHTS), DREAM), MASK);

  private static final Map<String, List<KeyOption>> BY_COMMAND =
      Map.of(
          "video", joined(MASKED, VIDEO),
          "images", joined(MASKED, IMAGES),
          "zoom", joined(COMMON, ZOOM),
          "preview", PREVIEW,
          "draw", MASKED,
          "sync", MASKED,
          "spec", MASKED,
          "classify", NETWORK);

  private KeyOptions() {}

  private static Iterator<String> presets() {
    return Networks.names().stream()
        .flatMap(network -> Networks.descriptor(network).presets().keySet().stream())
        .distinct()
        .sorted()
        .iterator();
  }

  private static List<KeyOption> joined(List<KeyOption> some, List<KeyOption> others) {
    return Stream.concat(some.stream(), others.stream()).toList();
  }

  private static List<KeyOption> of(CommandSpec command) {
    return BY_COMMAND.getOrDefault(command.name(), List.of());
  }

  public static void addTo(CommandSpec command) {
    of(command).forEach(option -> option.addTo(command));
  }

  /** Returns whether a command has the options that describe a dream. */
  public static boolean setsDream(CommandSpec command) {
    return of(command).containsAll(DREAM);
  }

  /** The settings that the user gives as options. */
  public static List<Setting> settings(CommandSpec command) {
    return of(command).stream()
        .flatMap(
            option -> option.overlay(command).map(set -> setting(option, set, command)).stream())
        .toList();
  }

  private static Setting setting(KeyOption option, Overlay overlay, CommandSpec command) {
    String value = command.findOption(option.name()).getValue().toString();
    return new Setting(
        Setting.Rank.OPTION,
        option.label().isEmpty() ? List.of(option.name()) : List.of(option.name(), value),
        overlay);
  }
}
