package io.reverie.jobs.video;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.measure.MeasuresReport;
import io.reverie.jobs.plan.Seam;
import io.reverie.jobs.plan.Shot;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.video.work.VideoItem;
import io.reverie.temporal.measure.FrameMeasures;
import io.reverie.temporal.measure.ShotMeasures;
import io.reverie.temporal.measure.StageTimer.Stage;
import io.reverie.temporal.measure.StageTimer.Times;
import io.reverie.video.AssemblyReport;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The sidecar of a video: where its shots begin, and what was measured of each. Values that could
 * not be measured are omitted.
 */
record Manifest(
    VideoItem item, Provenance provenance, AssemblyReport report, VideoMeasures measures) {

  /** Raise when readers of the old format would misread the new one. */
  private static final int VERSION = 1;

  private static final ObjectMapper JSON = new JsonMapper();

  /** Reads the key of an existing result; empty if its sidecar has none. */
  static Optional<String> keyOf(Location output) throws IOException {
    Optional<String> key = Sidecar.text(output, "key");
    return key.isEmpty() ? key : Optional.of(JSON.readTree(key.get()).asText());
  }

  /** Writes the sidecar. Its text grows with the frames, so it is not built in memory. */
  void write(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.getFactory().createGenerator(out)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      json.writeStartObject();
      writeFields(root(), json);
      json.writeArrayFieldStart("shots");
      for (Shot shot : item.plan().shots()) {
        ShotMeasures measured = measures.of(shot);
        json.writeStartObject();
        writeFields(shot(shot, measured), json);
        writeFrames(measured, json);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    }
  }

  private static void writeFields(ObjectNode node, JsonGenerator json) throws IOException {
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      json.writeFieldName(field.getKey());
      json.writeTree(field.getValue());
    }
  }

  private ObjectNode root() {
    ObjectNode root = JSON.createObjectNode();
    root.put("version", VERSION);
    root.put("id", provenance.id());
    root.put("key", item.planned().key());
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
    return root;
  }

  private static void addTimes(ObjectNode node, Times times, long frames) {
    MeasuresReport.put(node, "secondsPerFrame", times.total() / Math.max(1, frames));
    ObjectNode shares = node.putObject("timeShares");
    for (Stage stage : Stage.values()) {
      double share = times.of(stage) / times.total();
      MeasuresReport.put(shares, stage.name().toLowerCase(Locale.ROOT), share);
    }
  }

  private ObjectNode shot(Shot shot, ShotMeasures measured) {
    ObjectNode node = JSON.createObjectNode();
    node.put("start", item.seconds(shot.range()));
    node.put("frames", measured.frames().size());
    MeasuresReport.put(node, "flicker", measured.flicker());
    MeasuresReport.put(node, "strength", measured.strength());
    MeasuresReport.put(node, "young", measured.young());
    MeasuresReport.put(node, "old", measured.old());
    MeasuresReport.put(node, "gain", measured.gain());
    MeasuresReport.put(node, "iterations", measures.iterations(shot));
    addTimes(node, measures.times(shot), measured.frames().size());
    List<Seam> seams = measures.seams(shot);
    if (!seams.isEmpty()) {
      SeamFlicker flicker = new SeamFlicker(measured, seams);
      ShotMeasures outsideSeams = measured.of(flicker::isOutside);
      MeasuresReport.put(node, "medianFlickerOutsideSeams", outsideSeams.medianFlicker());
      MeasuresReport.put(node, "flickerOutsideSeams", outsideSeams.flicker());
      ArrayNode list = node.putArray("seams");
      for (Seam seam : seams) {
        list.add(seam(seam, flicker));
      }
    }
    return node;
  }

  private ObjectNode seam(Seam seam, SeamFlicker flicker) {
    ShotMeasures atSeam = flicker.at(seam);
    ObjectNode node = JSON.createObjectNode();
    node.put("start", item.seconds(seam.range()));
    MeasuresReport.put(node, "flicker", atSeam.flicker());
    MeasuresReport.put(node, "strength", atSeam.strength());
    flicker
        .elsewhere(atSeam.frames().size())
        .ifPresent(
            extremes ->
                node.putArray("flickerElsewhere")
                    .add(MeasuresReport.rounded(extremes.least()))
                    .add(MeasuresReport.rounded(extremes.most())));
    return node;
  }

  private static void writeFrames(ShotMeasures measured, JsonGenerator json) throws IOException {
    json.writeObjectFieldStart("perFrame");
    json.writeArrayFieldStart("strength");
    for (FrameMeasures frame : measured.frames()) {
      json.writeNumber(MeasuresReport.rounded(frame.strength()));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("flicker");
    for (FrameMeasures frame : measured.frames()) {
      if (frame.hasFlicker()) {
        json.writeNumber(MeasuresReport.rounded(frame.flicker()));
      } else {
        json.writeNull();
      }
    }
    json.writeEndArray();
    json.writeArrayFieldStart("iterations");
    for (FrameMeasures frame : measured.frames()) {
      json.writeNumber(frame.iterations());
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
