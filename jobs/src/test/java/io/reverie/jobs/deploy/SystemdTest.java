package io.reverie.jobs.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service and its timer. */
class SystemdTest {

  private static final String LAUNCHER = "/opt/reverie/deploy/bin/reverie";

  @TempDir private Path folder;

  @Test
  void aRunIsNobodyAndSeesItsOwnFilesAlone() {
    assertThat(lines("reverie-sync.service"))
        .contains(
            "Type=oneshot",
            "DynamicUser=yes",
            "ProtectSystem=strict",
            "PrivateTmp=yes",
            "NoNewPrivileges=yes",
            "ProtectHome=yes",
            "ProtectProc=invisible",
            "PrivateDevices=yes",
            "CapabilityBoundingSet=",
            "RestrictNamespaces=yes",
            "SystemCallFilter=@system-service",
            "EnvironmentFile=/etc/reverie/sync.env")
        .noneMatch(line -> line.startsWith("Environment=AWS"));
  }

  @Test
  void theTimerMakesUpForWhatWasMissed() {
    assertThat(lines("reverie-sync.timer"))
        .contains("[Timer]", "OnCalendar=hourly", "Persistent=true", "WantedBy=timers.target");
  }

  @Test
  void itsCommandIsOneOfOurs() {
    String start =
        lines("reverie-sync.service").stream()
            .filter(line -> line.startsWith("ExecStart="))
            .findFirst()
            .orElseThrow();
    List<String> words = Arrays.asList(start.substring("ExecStart=".length()).split(" "));
    assertThat(words.get(0)).isEqualTo(LAUNCHER);
    Deployed.assertUnderstood(words.subList(1, words.size()));
  }

  @Test
  void systemdTakesThem() throws Exception {
    assumeTrue(Program.isInstalled("systemd-analyze"));
    for (String unit : List.of("reverie-sync.service", "reverie-sync.timer")) {
      // It wants the program to be there.
      String text = Deployed.read("systemd/" + unit).replace(LAUNCHER, "/bin/true");
      Files.writeString(folder.resolve(unit), text);
    }
    Program verified =
        Program.run(
            "systemd-analyze",
            "verify",
            folder.resolve("reverie-sync.service").toString(),
            folder.resolve("reverie-sync.timer").toString());
    assertThat(verified.err()).doesNotContain("reverie");
    assertThat(verified.code()).isZero();
  }

  @Test
  void systemdFindsItLittleExposed() throws Exception {
    assumeTrue(Program.isInstalled("systemd-analyze"));
    String unit = Deployed.FOLDER.resolve("systemd/reverie-sync.service").toString();
    Program rated = Program.run("systemd-analyze", "security", "--offline=true", unit);
    assumeFalse(rated.err().contains("unrecognized option"), "systemd before 250");
    Matcher level = Pattern.compile("exposure level for \\S+ (\\d+\\.\\d)").matcher(rated.out());
    assertThat(level.find()).as(rated.out() + rated.err()).isTrue();
    assertThat(Double.parseDouble(level.group(1))).isLessThanOrEqualTo(2.0);
  }

  private static List<String> lines(String unit) {
    List<String> lines =
        Deployed.read("systemd/" + unit)
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith("#"))
            .toList();
    assertThat(lines).isNotEmpty().allMatch(line -> line.matches("\\[\\w+]|[A-Z]\\w+=.*"));
    return lines;
  }
}
