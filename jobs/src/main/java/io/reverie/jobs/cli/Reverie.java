package io.reverie.jobs.cli;

import io.reverie.core.DreamException;
import io.reverie.jobs.UserException;
import io.reverie.jobs.storage.StorageException;
import io.reverie.video.MediaException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Properties;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The program. Results go to stdout, everything else to stderr. */
@Command(
    name = "reverie",
    description = "DeepDream for whole videos and large image sets, on Apache Spark.",
    mixinStandardHelpOptions = true,
    versionProvider = Reverie.Version.class,
    subcommands = {
      VideoCommand.class,
      ImagesCommand.class,
      NetworksCommand.class,
      SpecCommand.class,
      MeasureCommand.class
    },
    footer = {
      "",
      "Options after -- are Spark's: -- --master local[2] --conf KEY=VALUE",
      "",
      "Exit codes: 0 done; 1 a bug; 2 a wrong option, key or value; 3 an input, output or",
      "network that is not as it should be; 4 some of several items failed; 130 Ctrl-C."
    })
public final class Reverie {

  static final int DONE = 0;
  static final int BUG = 1;
  static final int USAGE = 2;
  static final int ENVIRONMENT = 3;
  static final int SOME_FAILED = 4;
  static final int INTERRUPTED = 130;

  private Reverie() {}

  /** Runs a command and exits with its code; on success it returns, as YARN wants it. */
  public static void main(String[] args) {
    // Numbers are read and written with a point, wherever the user lives.
    Locale.setDefault(Locale.ROOT);
    PrintWriter out = new PrintWriter(System.out, true, Charset.defaultCharset());
    PrintWriter err = new PrintWriter(System.err, true, Charset.defaultCharset());
    int code = run(out, err, args);
    if (code != DONE) {
      System.exit(code);
    }
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    Arguments arguments = Arguments.split(args);
    CommandLine line =
        new CommandLine(new Reverie(), new Commands(arguments.spark()))
            .setOut(out)
            .setErr(err)
            .setExecutionExceptionHandler((e, command, result) -> code(e, command))
            .setParameterExceptionHandler(Reverie::usage)
            .setCaseInsensitiveEnumValuesAllowed(true);
    return line.execute(arguments.ours());
  }

  private static int usage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command.getErr().println("reverie: " + e.getMessage());
    command.getErr().printf("Try '%s --help'.%n", command.getCommandSpec().qualifiedName());
    return USAGE;
  }

  private static int code(Exception e, CommandLine command) throws Exception {
    if (isStopping()) {
      // Ctrl-C: Spark ends its jobs with exceptions, which are no news.
      return INTERRUPTED;
    }
    if (e instanceof UserException user) {
      command.getErr().println("reverie: " + e.getMessage());
      return user.kind() == UserException.Kind.USAGE ? USAGE : ENVIRONMENT;
    }
    if (e instanceof DreamException
        || e instanceof MediaException
        || e instanceof StorageException) {
      command.getErr().println("reverie: " + e.getMessage());
      return ENVIRONMENT;
    }
    e.printStackTrace(command.getErr());
    return BUG;
  }

  /** Whether the JVM is on its way out; it tells only those who want to add to it. */
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
    public String[] getVersion() throws IOException {
      Properties build = new Properties();
      try (InputStream in = Reverie.class.getResourceAsStream("build.properties")) {
        build.load(in);
      }
      String commit = build.getProperty("commit");
      boolean known = !commit.isBlank() && !commit.startsWith("$");
      return new String[] {
        "reverie " + build.getProperty("version") + (known ? " (" + commit + ")" : "")
      };
    }
  }
}
