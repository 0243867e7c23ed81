package io.reverie.jobs.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** The work on an item that one task does alone. */
public interface ItemWork {

  /**
   * What came of it.
   *
   * @param frames pictures in the result
   * @param warnings what a user should know of it
   */
  record Made(long frames, List<String> warnings) {}

  Made run() throws IOException;

  /**
   * Does it, and says what became of the item. A lack of memory ends the item alone: what it held
   * is free again. Other errors of the JVM are bugs; those of linking concern all items alike, and
   * are thrown.
   */
  static Outcome outcome(WorkItem wish, ItemWork work) {
    long begun = System.nanoTime();
    String output = wish.output().text();
    Optional<String> fatal = Attempts.exhausted();
    if (fatal.isPresent()) {
      return Outcome.failed(wish.input(), output, fatal.get());
    }
    try {
      wish.requireInside();
      Made made = work.run();
      double seconds = (System.nanoTime() - begun) / 1e9;
      return new Outcome(
          wish.input(),
          output,
          Outcome.Status.DREAMED,
          made.frames(),
          0,
          seconds,
          "",
          made.warnings());
    } catch (IOException | RuntimeException | VirtualMachineError e) {
      return Outcome.failed(wish.input(), output, Failure.of(e));
    }
  }
}
