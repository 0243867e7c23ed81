package io.reverie.video.still;

import io.reverie.video.Frame;
import io.reverie.video.header.StillHeader;
import io.reverie.video.header.StillKind;
import io.reverie.video.icc.DeclaredColours;
import io.reverie.video.icc.IccProfile;
import io.reverie.video.icc.IccProfile.Space;
import io.reverie.video.metadata.StillMetadata;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * The colour information of a file.
 *
 * @param grey whether its pixels are grey
 * @param profile that belongs to its pixels
 * @param said whether the file said anything that was understood
 * @param notes about information that was not used
 */
record StillColours(boolean grey, Optional<IccProfile> profile, boolean said, List<String> notes) {

  private static final String HDR =
      "its colours are HDR (PQ or HLG) and were read as ordinary ones, so they look flat; convert"
          + " it to SDR first";

  /** Reads an embedded profile. */
  static StillColours of(Optional<byte[]> icc, boolean grey) {
    if (icc.isEmpty()) {
      return new StillColours(grey, Optional.empty(), false, List.of());
    }
    Optional<IccProfile> read = icc.flatMap(IccProfile::of);
    if (read.isEmpty()) {
      return without(grey, "its colour profile is damaged and was left out");
    }
    if (read.get().space() != (grey ? Space.GREY : Space.RGB)) {
      return without(
          grey,
          "its colour profile is not for %s pixels and was left out"
              .formatted(grey ? "grey" : "RGB"));
    }
    return new StillColours(grey, read, true, List.of());
  }

  /** Reads the beginning of a file: its profile, or a PNG's own chunks. */
  static StillColours ofHead(ByteBuffer head, StillHeader header) {
    StillColours embedded = of(StillMetadata.read(head).icc(), header.samples().isGrey());
    return header.kind() == StillKind.PNG ? embedded.orOfPng(head) : embedded;
  }

  /** Returns whether the network sees other numbers than the file has. */
  boolean isConverted() {
    return profile
        .filter(own -> own.space() == Space.RGB && !own.isSrgb() && own.isTwoWay())
        .isPresent();
  }

  private static StillColours without(boolean grey, String note) {
    return new StillColours(grey, Optional.empty(), false, List.of(note));
  }

  /** Looks for a PNG's own chunks if there is no profile. */
  StillColours orOfPng(ByteBuffer png) {
    return said ? this : or(DeclaredColours.ofPng(png, grey));
  }

  /** Reads code points of ISO/IEC 23091-2 if there is no profile. */
  StillColours orOf(int primaries, int transfer) {
    return said ? this : or(DeclaredColours.ofCodes(primaries, transfer));
  }

  private StillColours or(DeclaredColours colours) {
    return new StillColours(
        grey, colours.profile(), true, colours.highRange() ? List.of(HDR) : notes);
  }

  Still still(Frame frame, int bitDepth) {
    return new Still(frame, bitDepth, grey, profile, notes);
  }
}
