package io.reverie.jobs.cli.option;

import io.reverie.jobs.run.ReportRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Stack;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The option {@code --report}. */
public final class ReportOption {

  private static final String UNNAMED = "";

  @Option(
      names = "--report",
      arity = "0..1",
      fallbackValue = UNNAMED,
      paramLabel = "FILE.html",
      preprocessor = OnlyPages.class,
      description =
          "Write an HTML report and update it during the run (default: OUTPUT.html, or"
              + " report.html in a folder).")
  private String report;

  public ReportRequest request() {
    return report == null ? ReportRequest.NONE : new ReportRequest(true, report);
  }

  /** The next argument is the page's name only if it ends like one: inputs never do. */
  static final class OnlyPages implements IParameterPreprocessor {

    @Override
    @SuppressWarnings("JdkObsolete") // picocli's type
    public boolean preprocess(
        Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
      boolean attached = !String.valueOf(info.getOrDefault("separator", "")).isBlank();
      boolean page =
          !arguments.isEmpty() && arguments.peek().toLowerCase(Locale.ROOT).endsWith(".html");
      if (!attached && !page) {
        option.setValue(UNNAMED);
        return true;
      }
      return false;
    }
  }
}
