package io.reverie.jobs.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command that runs on Spark. */
abstract class SparkCommand implements Callable<Integer> {

  @ParentCommand private Reverie reverie;
  @Spec private CommandSpec command;

  final CommandSpec command() {
    return command;
  }

  final JobRun job() {
    return new JobRun(command.commandLine(), reverie.sparkArguments());
  }

  final Console console() {
    return Console.of(command.commandLine());
  }

  final Console console(boolean json, boolean quiet) {
    return Console.of(command.commandLine(), json, quiet);
  }

  final PrintWriter out() {
    return command.commandLine().getOut();
  }

  final PrintWriter err() {
    return command.commandLine().getErr();
  }
}
