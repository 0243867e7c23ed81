package io.reverie.jobs.bench;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.storage.untrusted.StoredJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The same step in PyTorch, in a Python process with one thread: the forward and backward pass of
 * torchvision's network in eager mode, as in other DeepDream programs. The weights are random,
 * which does not change the time.
 */
final class TorchStep {

  private static final String SCRIPT = "torch_step.py";
  private static final long MINUTES = 10;

  private TorchStep() {}

  /**
   * Measures a step.
   *
   * @return seconds, median; empty if torchvision has no such network or layer
   * @throws UserException without python3, torch and torchvision
   */
  static Optional<Double> seconds(StepCase step, int rounds) {
    try {
      Process python =
          new ProcessBuilder(
                  "python3",
                  "-",
                  step.network(),
                  step.layer(),
                  Integer.toString(step.size().width()),
                  Integer.toString(step.size().height()),
                  Integer.toString(rounds))
              .start();
      try (InputStream script = TorchStep.class.getResourceAsStream(SCRIPT)) {
        script.transferTo(python.getOutputStream());
      }
      python.getOutputStream().close();
      String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      String err = new String(python.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!python.waitFor(MINUTES, TimeUnit.MINUTES) || python.exitValue() != 0) {
        throw missing(err.lines().reduce("", (before, line) -> line));
      }
      return Optional.of(StoredJson.MAPPER.readTree(out).path("seconds").asDouble())
          .filter(seconds -> seconds > 0);
    } catch (IOException e) {
      throw missing(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static UserException missing(String reason) {
    return UserException.environment(
        "--torch needs python3 with torch and torchvision (%s); install them or leave out --torch"
            .formatted(reason));
  }
}
