package io.reverie.jobs.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.reverie.jobs.provenance.MachineInfo;
import io.reverie.jobs.provenance.Provenance;
import io.reverie.jobs.provenance.Sidecar;
import io.reverie.jobs.provenance.SourceInfo;
import io.reverie.jobs.rerun.Rerun;
import io.reverie.jobs.spec.ResolvedSpec;
import io.reverie.jobs.spec.SpecLoader;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.trust.ExternalRef;
import io.reverie.jobs.trust.UserGrants;
import io.reverie.video.note.Note;
import io.reverie.video.note.StillNotes;
import io.reverie.video.still.Stills;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Parses a result's note, inside a still or a video or as text beside it, and the settings that a
 * rerun derives from it.
 */
final class NotesParser implements Parser {

  private static final List<String> CARRIERS = List.of("png", "jpg", "webp", "tiff");

  @Override
  public void read(byte[] input, Room room) throws IOException {
    boolean text = input.length > 0 && input[0] == '{';
    boolean gif = input.length > 0 && input[0] == 'G';
    Location result = Location.of(room.in().resolve(gif ? "x.gif" : "x.png").toString());
    room.file(text ? "x.png.json" : result.name(), input);
    Provenance made = Sidecar.read(result);
    made.sourceAt(result);
    made.differences(MachineInfo.ofThisMachine("cpu"));
    Rerun rerun = new Rerun(result, made);
    UserGrants nothing = new UserGrants(Optional.empty(), Optional.empty(), Map.of(), false);
    SpecLoader.Loaded settings = rerun.settings(nothing);
    List<ExternalRef> needs = rerun.needs(settings, nothing);
    needs.forEach(ExternalRef::line);
    rerun.require(needs, settings, nothing);
    made.note();
  }

  @Override
  public List<byte[]> seeds(Room room) throws IOException {
    Provenance made = made();
    List<byte[]> seeds = new ArrayList<>();
    for (String extension : CARRIERS) {
      byte[] still = Stills.encode(StillsParser.picture(false), "x." + extension, 8, 90);
      seeds.add(StillNotes.put(still, made.note()).orElseThrow());
      seeds.add(StillNotes.put(still, new Note("x", "{\"reverie\":1}")).orElseThrow());
    }
    seeds.add(Files.readAllBytes(VideoParser.film("gif", Optional.of(made.note()), room)));
    seeds.add("{\"version\":1,\"provenance\":%s}".formatted(made.json()).getBytes(UTF_8));
    return seeds;
  }

  private static Provenance made() {
    ResolvedSpec recipe =
        new ResolvedSpec(
            SpecLoader.load(Optional.empty(), List.of("seed=7", "mask.file=m.png")).spec(),
            "",
            "weights",
            "0".repeat(64),
            Map.of("m.png", "1".repeat(64)));
    return Provenance.of(
        "images",
        recipe,
        new SourceInfo("x.png", "../in/x.png", 1, ""),
        new Location("out/x.png"),
        MachineInfo.ofThisMachine("cpu"));
  }

  @Override
  public List<String> words() {
    return List.of(
        "{\"reverie\":",
        "tEXtreverie\0",
        "iTXt",
        "zTXt",
        "XMP ",
        "VP8X",
        "<reverie:note>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]>",
        "&b;",
        "\"descriptor\":\"",
        "\"network\":\"",
        "\"files\":{",
        "../../",
        "/etc/hostname",
        "s3a://b/k",
        "http://127.0.0.1/",
        "\u00ff\u00e1",
        "http://ns.adobe.com/xap/1.0/\0");
  }
}
