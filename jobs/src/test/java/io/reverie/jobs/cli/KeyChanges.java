package io.reverie.jobs.cli;

import io.reverie.jobs.cli.KeyChange.Job;
import java.util.stream.Stream;

/** A change for each key that affects results. */
record KeyChanges(KeyFixtures fixtures) {

  Stream<KeyChange> changing() {
    return Stream.of(keys(), keysOfLayers(), keysOfSizes()).flatMap(changes -> changes);
  }

  private Stream<KeyChange> keysOfLayers() {
    return Stream.of(
        layers(
            "{layer: conv3.1}, {layer: conv4.3}", "{layer: conv3.1}, {layer: conv4.3, weight: 3}"),
        layers("{layer: conv3.1}", "{layer: conv3.1, weight: -1}"),
        layers("{layer: conv3.1}", "{layer: conv3.1, objective: mean}"),
        layers("{layer: conv3.1}", "{layer: conv3.1, channels: [3, 5]}"),
        layers("{channels: strongest 5}", "{channels: weakest 5}"),
        layers("{objective: neuron, channels: 3}", "{objective: neuron, channels: 3, x: 0.9}"),
        layers("{objective: neuron, channels: 3}", "{objective: neuron, channels: 3, y: 0.9}"),
        layers("{objective: class, class: 3}", "{objective: class, class: {3: 1, 6: 0.5}}"),
        layers(guide("lake.jpg"), guide("clouds.png")));
  }

  private KeyChange layers(String before, String after) {
    return KeyChange.of(Job.STILL, "layers", "[" + after + "]", "layers=[" + before + "]");
  }

  private String guide(String picture) {
    return "{layer: conv3.1, objective: guide, guide: %s}"
        .formatted(KeyFixtures.SAMPLES.resolve(picture));
  }

  private Stream<KeyChange> keysOfSizes() {
    return Stream.of("layers: [{layer: conv3.1}]", "step: 4", "stepEnd: 0.3", "blur: {from: 1}")
        .map(own -> KeyChange.of(Job.STILL, "octaves.each", "[{%s}]".formatted(own)));
  }

  private Stream<KeyChange> keys() {
    return Stream.of(ascent(), compositing(), video(), motion()).flatMap(changes -> changes);
  }

  private Stream<KeyChange> ascent() {
    return Stream.of(
        KeyChange.of(Job.STILL, "network", fixtures.network()),
        KeyChange.of(Job.STILL, "weights", fixtures.weights()),
        KeyChange.of(Job.STILL, "preprocessing.order", "bgr"),
        KeyChange.of(Job.STILL, "preprocessing.scale", "0.01"),
        KeyChange.of(Job.STILL, "preprocessing.mean", "[0.1, 0.9, 0.2]"),
        KeyChange.of(Job.STILL, "preprocessing.std", "[0.1, 0.9, 0.2]"),
        KeyChange.of(Job.STILL, "preset", "petals"),
        KeyChange.of(Job.STILL, "objective", "mean"),
        KeyChange.of(Job.STILL, "layers", "[{layer: conv3.1}]"),
        KeyChange.of(Job.STILL, "octaves.count", "1"),
        KeyChange.of(Job.STILL, "octaves.scale", "1.2"),
        KeyChange.of(Job.STILL, "octaves.each", "[{iterations: 5}]"),
        KeyChange.of(Job.STILL, "iterations", "3"),
        KeyChange.of(Job.STILL, "step", "2"),
        KeyChange.of(Job.STILL, "stepEnd", "0.5"),
        KeyChange.of(Job.STILL, "stepRule", "std"),
        KeyChange.of(Job.STILL, "clip", "1"),
        KeyChange.of(Job.STILL, "jitter", "3"),
        KeyChange.of(Job.STILL, "robustness.scale", "0.2"),
        KeyChange.of(Job.STILL, "robustness.rotate", "20"),
        KeyChange.of(Job.STILL, "robustness.window", "40"),
        KeyChange.of(Job.STILL, "parameterisation", "pixels"),
        KeyChange.of(Job.STILL, "smoothing.weight", "2"),
        KeyChange.of(Job.STILL, "smoothing.sigma", "4", "smoothing.weight=2"),
        KeyChange.of(Job.STILL, "blur.from", "1"),
        KeyChange.of(Job.STILL, "blur.to", "1"),
        KeyChange.of(Job.STILL, "laplacian", "3"),
        KeyChange.of(Job.STILL, "tv", "0.5"),
        KeyChange.of(Job.STILL, "decay", "0.2"));
  }

  private Stream<KeyChange> compositing() {
    return Stream.of(
        KeyChange.of(Job.STILL, "colours", "luma"),
        KeyChange.of(Job.STILL, "mask.file", fixtures.mask()),
        KeyChange.of(Job.STILL, "mask.alpha", "true"),
        KeyChange.of(Job.STILL, "mask.strength", "0.5", "mask.file=" + fixtures.mask()),
        KeyChange.of(Job.STILL, "mask.feather", "5", "mask.file=" + fixtures.mask()),
        KeyChange.of(Job.STILL, "mask.invert", "true", "mask.file=" + fixtures.mask()),
        KeyChange.of(Job.STILL, "strength", "0.5"),
        KeyChange.of(Job.STILL, "seed", "7"),
        KeyChange.of(Job.STILL, "size", "80x60"),
        KeyChange.of(Job.STILL, "dreamSize", "48x"),
        KeyChange.of(Job.STILL, "tile", "64", "size=160x96"),
        KeyChange.of(Job.STILL, "precision", "bfloat16", "precision=float32"),
        KeyChange.of(Job.STILL, "halo", "8", "size=160x96", "tile=64"),
        KeyChange.of(Job.NOISE, "noise.mean", "90"),
        KeyChange.of(Job.NOISE, "noise.deviation", "40"),
        KeyChange.of(Job.JPEG, "images.quality", "40"),
        KeyChange.of(Job.JPEG, "images.subsampling", "yuv420"),
        KeyChange.of(Job.TEXTS, "images.stripPrivate", "true"));
  }

  private Stream<KeyChange> video() {
    return Stream.of(
        KeyChange.of(Job.VIDEO, "video.start", "0.1"),
        KeyChange.of(Job.VIDEO, "video.end", "0.2"),
        KeyChange.of(Job.FRAMES, "video.fps", "12", "video.fps=24"),
        KeyChange.of(Job.VIDEO, "video.temporal", "none"),
        KeyChange.of(Job.VIDEO, "video.persistence", "0.5"),
        KeyChange.of(
            Job.VIDEO,
            "video.effort",
            "best",
            "iterations=12",
            "video.persistence=0.5",
            "video.inbetween=1"),
        KeyChange.of(Job.VIDEO, "video.inbetween", "1"),
        KeyChange.of(Job.VIDEO, "video.blend", "0.9", "video.temporal=blend"),
        KeyChange.of(Job.VIDEO, "video.flow.method", "farneback"),
        KeyChange.of(Job.VIDEO, "video.flow.scale", "0.5"),
        KeyChange.of(Job.VIDEO, "video.flow.warp", "linear"),
        KeyChange.of(Job.VIDEO, "video.cuts", "[0.2]"),
        KeyChange.of(Job.VIDEO, "video.segment", "5", "video.overlap=1"),
        KeyChange.of(Job.VIDEO, "video.overlap", "0", "video.segment=5", "video.overlap=1"),
        KeyChange.of(Job.FILE, "video.codec", "mpeg4"),
        KeyChange.of(Job.FILE, "video.quality", "45"),
        KeyChange.of(Job.FILE, "video.bitrate", "50k"),
        KeyChange.of(Job.FILE, "video.pixelFormat", "yuv420p", "video.codec=ffv1"));
  }

  private Stream<KeyChange> motion() {
    return Stream.of(
        KeyChange.of(Job.VIDEO, "camera.zoom", "1.1"),
        KeyChange.of(Job.VIDEO, "camera.rotate", "5"),
        KeyChange.of(Job.VIDEO, "camera.x", "5"),
        KeyChange.of(Job.VIDEO, "camera.y", "5"),
        KeyChange.of(Job.ZOOM, "zoom.frames", "3"),
        KeyChange.of(Job.ZOOM, "zoom.fps", "12"),
        KeyChange.of(Job.ZOOM, "zoom.loop", "2"),
        KeyChange.of(Job.ZOOM, "zoom.iterations", "4"),
        KeyChange.of(Job.ZOOM, "zoom.toneCorrection", "1"));
  }

  /**
   * Settings that only decide how the work is split. With in-betweens, a chunk also ends with a
   * keyframe.
   */
  static Stream<KeyChange> keeping() {
    return Stream.of(KeyChange.of(Job.VIDEO, "video.chunk", "3", "video.inbetween=1"));
  }
}
