package io.reverie.jobs.video;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.measure.MeasuresReport;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Shot;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.storage.Location;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.temporal.measure.StageTimer.Times;
import io.reverie.video.AssemblyReport;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The sidecar of a video: where its shots begin, and what was measured of each. Values that could
 * not be measured are omitted.
 */
record Manifest(
    VideoItem item, Provenance provenance, AssemblyReport report, VideoMeasures measures) {

  /** Raise when readers of the old format would misread the new one. */
  private static final int VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  /** Reads the key of an existing result; empty if its sidecar has none. */
  static Optional<String> keyOf(Location output) throws IOException {
    Optional<String> key = Sidecar.text(output, "key");
    return key.isEmpty() ? key : Optional.of(JSON.readTree(key.get()).asText());
  }

  String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("id", provenance.id());
    root.put("key", item.key());
    root.put("input", provenance.source().address());
    root.put("output", provenance.output());
    root.put("size", item.size().toString());
    root.put("dreamSize", item.dreamSize().toString());
    root.set(Sidecar.KEY, provenance.json());
    root.put("start", item.seconds(item.plan().shots().get(0).range()));
    root.put("frames", report.frames());
    ArrayNode cuts = root.putArray("cuts");
    item.cutSeconds().forEach(cuts::add);
    ArrayNode streams = root.putArray("streams");
    report.kept().forEach(streams::add);
    report.warnings().forEach(streams::add);
    addTimes(root, measures.times(), report.frames());
    ArrayNode shots = root.putArray("shots");
    item.plan().shots().forEach(shot -> shots.add(shot(shot)));
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void addTimes(ObjectNode node, Times times, long frames) {
    MeasuresReport.put(node, "secondsPerFrame", times.total() / Math.max(1, frames));
    ObjectNode shares = node.putObject("timeShares");
    for (Stage stage : Stage.values()) {
      double share = times.of(stage) / times.total();
      MeasuresReport.put(shares, stage.name().toLowerCase(Locale.ROOT), share);
    }
  }

  private ObjectNode shot(Shot shot) {
    ShotMeasures measured = measures.of(shot);
    ObjectNode node = JSON.createObjectNode();
    node.put("start", item.seconds(shot.range()));
    node.put("frames", measured.frames().size());
    MeasuresReport.put(node, "flicker", measured.flicker());
    MeasuresReport.put(node, "strength", measured.strength());
    MeasuresReport.put(node, "young", measured.young());
    MeasuresReport.put(node, "old", measured.old());
    MeasuresReport.put(node, "gain", measured.gain());
    MeasuresReport.put(node, "iterations", measures.work(shot).iterations());
    addTimes(node, measures.times(shot), measured.frames().size());
    List<Seam> seams = measures.seams(shot);
    if (!seams.isEmpty()) {
      ShotMeasures outsideSeams = measured.of(n -> seams.stream().noneMatch(s -> isAt(s, n)));
      MeasuresReport.put(node, "medianFlickerOutsideSeams", outsideSeams.medianFlicker());
      MeasuresReport.put(node, "flickerOutsideSeams", outsideSeams.flicker());
      ArrayNode list = node.putArray("seams");
      for (Seam seam : seams) {
        ObjectNode entry = seam(seam, measured);
        putExpected(entry, measured, seam, seams);
        list.add(entry);
      }
    }
    node.set("perFrame", perFrame(measured));
    return node;
  }

  private static boolean isAt(Seam seam, FrameMeasures frame) {
    return frame.pts() >= seam.range().from() && frame.pts() < seam.margin().to();
  }

  private ObjectNode seam(Seam seam, ShotMeasures measured) {
    ShotMeasures atSeam = measured.of(n -> isAt(seam, n));
    ObjectNode node = JSON.createObjectNode();
    node.put("start", item.seconds(seam.range()));
    MeasuresReport.put(node, "flicker", atSeam.flicker());
    MeasuresReport.put(node, "strength", atSeam.strength());
    return node;
  }

  /** Adds the smallest and largest flicker of equally many frames outside all seams. */
  private static void putExpected(
      ObjectNode node, ShotMeasures measured, Seam seam, List<Seam> seams) {
    int length = measured.of(n -> isAt(seam, n)).frames().size();
    List<Double> runs =
        measured.flickerOfRuns(length, n -> seams.stream().noneMatch(s -> isAt(s, n)));
    if (!runs.isEmpty()) {
      node.putArray("flickerElsewhere")
          .add(MeasuresReport.rounded(runs.get(0)))
          .add(MeasuresReport.rounded(runs.get(runs.size() - 1)));
    }
  }

  private static ObjectNode perFrame(ShotMeasures measured) {
    ObjectNode node = JSON.createObjectNode();
    ArrayNode strength = node.putArray("strength");
    ArrayNode flicker = node.putArray("flicker");
    ArrayNode iterations = node.putArray("iterations");
    for (FrameMeasures frame : measured.frames()) {
      strength.add(MeasuresReport.rounded(frame.strength()));
      if (frame.hasFlicker()) {
        flicker.add(MeasuresReport.rounded(frame.flicker()));
      } else {
        flicker.addNull();
      }
      iterations.add(frame.iterations());
    }
    return node;
  }
}
