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
          "Dream a list of inputs, each with its own output and settings, from a .jsonl, .csv or"
              + " .yaml file; only an output folder may follow (default: none).")
  private Optional<String> list = Optional.empty();

  public boolean isGiven() {
    return list.isPresent();
  }

  /**
   * The list.
   *
   * @throws io.reverie.jobs.error.UserException if the name is not that of a list
   */
  public InputFile file() {
    return InputFile.of(list.orElseThrow());
  }
}
