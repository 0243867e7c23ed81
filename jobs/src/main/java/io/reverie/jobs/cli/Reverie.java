package io.reverie.jobs.cli;

import io.reverie.jobs.cli.help.OptionGroup;
import io.reverie.jobs.cli.help.UsageErrors;
import io.reverie.jobs.cli.option.KeyOptions;
import io.reverie.jobs.cli.option.SpecOptions;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.process.CacheFolder;
import io.reverie.jobs.process.NativeFolder;
import io.reverie.jobs.process.Platform;
import io.reverie.jobs.process.RunFolder;
import io.reverie.jobs.process.UserName;
import io.reverie.jobs.provenance.ProgramInfo;
import io.reverie.jobs.run.Failure;
import io.reverie.jobs.terminal.Printer;
import io.reverie.jobs.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program. Results go to stdout, everything else to stderr. */
@Command(
    name = "reverie",
    description = "DeepDream for whole videos and large image sets, on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Reverie.Version.class,
    subcommands = {
      VideoCommand.class,
      ImagesCommand.class,
      DrawCommand.class,
      ZoomCommand.class,
      PreviewCommand.class,
      SyncCommand.class,
      RecipesCommand.class,
      NetworksCommand.class,
      ClassifyCommand.class,
      SpecCommand.class,
      MeasureCommand.class,
      BenchCommand.class,
      RerunCommand.class,
      CleanCommand.class,
      CompletionCommand.class
    },
    footer = {
      "",
      "Examples:",
      "  reverie video clip.mp4 dream.mp4",
      "  reverie images --preset petals 'holiday/*.jpg' out/",
      "  reverie video --help",
      "",
      "Arguments after -- go to Spark: -- --master local[2] --conf KEY=VALUE",
      "",
      "Exit codes: 0 success; 1 a bug; 2 invalid option, key or value; 3 invalid input, output or"
          + " network, or a process limit; 4 some of several items failed, or a rerun differs;"
          + " 130 Ctrl-C."
    })
public final class Reverie {

  static final int DONE = 0;
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int ENVIRONMENT = 3;
  static final int SOME_FAILED = 4;
  static final int INTERRUPTED = 130;

  /** Spark's shutdown hook has priority 50. */
  private static final int BEFORE_SPARK_ENDS = 100;

  private final List<String> sparkArguments;

  private Reverie(List<String> sparkArguments) {
    this.sparkArguments = sparkArguments;
  }

  List<String> sparkArguments() {
    return sparkArguments;
  }

  /** Runs a command and exits with its code; on success it returns, as YARN requires. */
  public static void main(String[] args) {
    // Numbers have a decimal point in every locale.
    Locale.setDefault(Locale.ROOT);
    Terminal.installEscaping();
    int code = run(Terminal.results(), Terminal.messages(), Reverie::prepare, args);
    if (code != DONE) {
      System.exit(code);
    }
  }

  private static void prepare() {
    Platform.require();
    RunFolder.open();
    UserName.ensureSet();
    NativeFolder.choose(CacheFolder.path());
    endQuietly();
  }

  /** Silences Spark's errors on Ctrl-C; to be called once per process. */
  private static void endQuietly() {
    ShutdownHookManager.get()
        .addShutdownHook(
            () -> Configurator.setAllLevels(LogManager.ROOT_LOGGER_NAME, Level.OFF),
            BEFORE_SPARK_ENDS);
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    return run(Printer.ofResults(out), Printer.ofMessages(err), () -> {}, args);
  }

  /**
   * Runs a command.
   *
   * @param preparation of this process; not for help
   * @return the exit code
   */
  static int run(Printer out, Printer err, Runnable preparation, String... args) {
    SplitArguments arguments = SplitArguments.split(args);
    CommandLine line = commandLine(arguments.spark()).setOut(out).setErr(err);
    try {
      return line.setExecutionStrategy(parsed -> execute(parsed, preparation))
          .execute(arguments.ours());
    } catch (Error e) {
      return code(e, line);
    } finally {
      out.flush();
      err.flush();
    }
  }

  private static int execute(ParseResult parsed, Runnable preparation) {
    parsed.asCommandLineList().forEach(line -> OptionGroup.arrange(line.getCommandSpec()));
    Integer helped = CommandLine.executeHelpRequest(parsed);
    if (helped != null) {
      return helped;
    }
    try {
      preparation.run();
    } catch (RuntimeException e) {
      // Picocli's exception handler does not cover this code.
      return code(e, parsed.commandSpec().commandLine());
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  static CommandLine commandLine(List<String> sparkArguments) {
    CommandLine line = new CommandLine(new Reverie(sparkArguments));
    line.getSubcommands().values().forEach(sub -> KeyOptions.addTo(sub.getCommandSpec()));
    line.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(sub -> sub.userObject() instanceof DrawCommand)
        .forEach(
            draw -> {
              SpecOptions.hideLayers(draw);
              SpecOptions.showDefaultRecipe(draw, DrawCommand.DEFAULT_RECIPE);
            });
    return line.setExecutionExceptionHandler((e, command, result) -> code(e, command))
        .setParameterExceptionHandler(Reverie::usage)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  private static int usage(ParameterException e, String[] args) {
    Console.of(e.getCommandLine()).error(UsageErrors.sentence(e));
    return USAGE;
  }

  private static int code(Throwable e, CommandLine command) {
    if (isStopping()) {
      // Ctrl-C: Spark ends its jobs with exceptions.
      return INTERRUPTED;
    }
    if (e instanceof UserException user) {
      Console.of(command).error(user.getMessage());
      return user.kind() == UserException.Kind.USAGE ? USAGE : ENVIRONMENT;
    }
    Optional<String> sentence = Failure.sentence(e);
    if (sentence.isPresent()) {
      Console.of(command).error(sentence.get());
      return ENVIRONMENT;
    }
    e.printStackTrace(command.getErr());
    return BUG;
  }

  /** Returns whether the JVM is shutting down, which only a rejected shutdown hook reveals. */
  private static boolean isStopping() {
    Thread nothing = new Thread(() -> {});
    try {
      Runtime.getRuntime().addShutdownHook(nothing);
      Runtime.getRuntime().removeShutdownHook(nothing);
      return false;
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** The version and the commit that it was built from. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"reverie " + ProgramInfo.THIS};
    }
  }
}
