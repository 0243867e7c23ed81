package io.reverie.jobs.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.ProgramInfo;
import io.reverie.jobs.run.Device;
import io.reverie.jobs.spec.rule.EnumNames;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Everything that one run has measured. */
public record BenchReport(
    ProgramInfo program,
    MachineInfo machine,
    List<StepSpeed> steps,
    List<ClipSpeed> clips,
    List<TorchSpeed> torch) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public BenchReport {
    steps = List.copyOf(steps);
    clips = List.copyOf(clips);
    torch = List.copyOf(torch);
  }

  static BenchReport of(
      Device device, List<StepSpeed> steps, List<ClipSpeed> clips, List<TorchSpeed> torch) {
    MachineInfo machine = MachineInfo.ofThisMachine(device.ofThisMachine());
    return new BenchReport(ProgramInfo.THIS, machine, steps, clips, torch);
  }

  /** Returns the time of a step relative to python3-torch in float32. */
  OptionalDouble againstTorch(StepSpeed speed) {
    return torch.stream()
        .filter(other -> isSame(other.step(), speed.step()))
        .mapToDouble(other -> speed.seconds() / other.seconds())
        .findFirst();
  }

  private static boolean isSame(StepCase one, StepCase other) {
    return one.network().equals(other.network())
        && one.layer().equals(other.layer())
        && one.size().equals(other.size());
  }

  /** Returns the report as JSON, the baseline of later runs. */
  public ObjectNode json() {
    ObjectNode root = JSON.createObjectNode();
    root.set("program", JSON.valueToTree(program));
    root.set("machine", JSON.valueToTree(machine));
    steps.forEach(speed -> root.withArray("steps").add(json(speed)));
    clips.forEach(speed -> root.withArray("clips").add(json(speed)));
    return root;
  }

  private ObjectNode json(StepSpeed speed) {
    ObjectNode node = JSON.createObjectNode();
    node.put("case", speed.step().key());
    node.put("network", speed.step().network());
    node.put("layer", speed.step().layer());
    node.put("size", speed.step().size().toString());
    node.put("precision", EnumNames.name(speed.step().precision()));
    node.put("seconds", speed.seconds());
    node.put("megapixelStepsPerSecond", speed.megapixelStepsPerSecond());
    speed.shareOfLimit().ifPresent(share -> node.put("shareOfLimit", share));
    againstTorch(speed).ifPresent(ratio -> node.put("againstTorch", ratio));
    return node;
  }

  private static ObjectNode json(ClipSpeed speed) {
    ObjectNode node = JSON.createObjectNode();
    node.put("case", speed.clip().key());
    node.put("network", speed.clip().network());
    node.put("size", speed.clip().size().toString());
    node.put("precision", EnumNames.name(speed.clip().precision()));
    node.put("inbetween", speed.clip().inbetween().text());
    node.put("frames", speed.frames());
    node.put("seconds", speed.secondsPerFrame());
    ObjectNode stages = node.putObject("stages");
    speed.stages().forEach(stages::put);
    node.put("stepsPerFrame", speed.stepsPerFrame());
    node.put("flicker", speed.flicker());
    node.put("strength", speed.strength());
    return node;
  }

  /** Seconds of a case in an earlier report; empty if it has no such case. */
  static OptionalDouble earlier(Optional<JsonNode> report, String list, String key) {
    if (report.isPresent()) {
      for (JsonNode each : report.get().path(list)) {
        if (each.path("case").asText().equals(key) && each.path("seconds").asDouble() > 0) {
          return OptionalDouble.of(each.path("seconds").asDouble());
        }
      }
    }
    return OptionalDouble.empty();
  }
}
