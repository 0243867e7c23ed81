package io.reverie.jobs.cli.option;

import io.reverie.jobs.inputs.InputFile;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The option of a list of inputs. */
public final class InputsOption {

  @Option(
      names = "--inputs",
      paramLabel = "LIST",
      description =
          "Dream the inputs of a list, each with an output and settings of its own: .jsonl, .csv or"
              + " .yaml; then only OUTPUT may follow, a folder (default: none).")
  private Optional<String> list = Optional.empty();

  public boolean isGiven() {
    return list.isPresent();
  }

  /**
   * The list.
   *
   * @throws io.reverie.jobs.error.UserException for a name that is no list's
   */
  public InputFile file() {
    return InputFile.of(list.orElseThrow());
  }
}
