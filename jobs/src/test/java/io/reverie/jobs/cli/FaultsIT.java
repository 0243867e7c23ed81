package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong outside while a run goes on: each is a sentence, and spoils nothing else. */
class FaultsIT {

  private static final Path CLIP = Path.of("../video/src/test/media/clip.mp4");

  @TempDir private Path folder;

  @Test
  void inputsThatVanishAreReplacedOrBrokenFailAlone() throws Exception {
    Path first = clip("first.mp4");
    Path gone = clip("gone.mp4");
    Path replaced = clip("replaced.mp4");
    Path broken = Files.writeString(folder.resolve("broken.mp4"), "no video");
    CommandLineRun run =
        dreamWhile(
            () -> {
              Files.delete(gone);
              Files.writeString(replaced, "another one", StandardOpenOption.APPEND);
            },
            List.of(first, gone, replaced, broken),
            folder.resolve("out"));
    assertThat(run.code()).as(run.err()).isEqualTo(4);
    Path dream = folder.resolve("out/replaced.mp4");
    List<String> made = new ArrayList<>(List.of("first.mp4"));
    if (Files.exists(dream)) {
      // It was replaced before its turn, and dreamed as it was then.
      made.add("replaced.mp4");
      assertSentences(run, "gone.mp4", "broken.mp4");
    } else {
      assertSentences(run, "gone.mp4", "replaced.mp4", "broken.mp4");
    }
    List<String> all = new ArrayList<>();
    for (String name : made) {
      assertThat(Videos.index(folder.resolve("out").resolve(name)).count()).isEqualTo(36);
      all.addAll(List.of(name, name + ".json"));
    }
    assertThat(names(folder.resolve("out"))).containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void aVideoThatVanishesWhileItIsDreamedGivesNoResult() throws Exception {
    Path only = clip("only.mp4");
    Path out = Files.createDirectory(folder.resolve("out"));
    CommandLineRun run =
        dreamWhile(() -> Files.delete(only), List.of(only), out.resolve("dream.mp4"));
    assertThat(run.code()).as(run.err()).isEqualTo(3);
    assertSentences(run, "only.mp4");
    assertThat(names(out)).isEmpty();
  }

  /** One line each, in their order, which names the file and has no trace. */
  private static void assertSentences(CommandLineRun run, String... files) {
    assertThat(run.err()).doesNotContain("\tat ").hasLineCount(files.length);
    List<String> lines = run.err().lines().toList();
    for (int i = 0; i < files.length; i++) {
      assertThat(lines.get(i)).startsWith("reverie: ").contains(files[i]);
    }
  }

  private Path clip(String name) throws IOException {
    return Files.copy(CLIP, folder.resolve(name), StandardCopyOption.COPY_ATTRIBUTES);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  /** Something that happens outside. */
  private interface Event {
    void happen() throws IOException;
  }

  /** Dreams in one slot; something happens as soon as the first chunk of the first is there. */
  private CommandLineRun dreamWhile(Event event, List<Path> inputs, Path out) throws Exception {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("video", "--quiet", "--size", "96x54", "--octaves", "1"));
    words.addAll(List.of("--iterations", "2", "--set", "video.segment=20"));
    words.addAll(List.of("--set", "video.overlap=4", "--set", "video.chunk=6"));
    Path work = Files.createDirectory(folder.resolve("work"));
    words.addAll(List.of("--work", work.toString()));
    inputs.forEach(input -> words.add(input.toString()));
    words.addAll(List.of(out.toString(), "--", "--master", "local[1,4]"));
    try (WatchService watch = FileSystems.getDefault().newWatchService()) {
      work.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
      Thread watcher = new Thread(() -> await(watch, work, event), "watcher");
      watcher.start();
      CommandLineRun run = CommandLineRun.of(words.toArray(String[]::new));
      watcher.join();
      return run;
    }
  }

  private static void await(WatchService watch, Path work, Event event) {
    try {
      while (!isBegun(watch, work)) {
        WatchKey key = watch.take();
        key.pollEvents();
        key.reset();
      }
      event.happen();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Looks at each folder of work, and lets the watch tell of more. */
  private static boolean isBegun(WatchService watch, Path work) throws IOException {
    boolean begun = false;
    try (Stream<Path> folders = Files.list(work)) {
      for (Path each : folders.toList()) {
        each.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
        begun |= Files.exists(each.resolve("segment-000000-000"));
      }
    }
    return begun;
  }
}
