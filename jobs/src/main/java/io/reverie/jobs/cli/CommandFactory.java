package io.reverie.jobs.cli;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, and gives those that run jobs the words meant for Spark. */
record CommandFactory(List<String> spark) implements IFactory {

  private static final Map<Class<?>, Function<List<String>, ?>> JOBS =
      Map.of(
          VideoCommand.class, VideoCommand::new,
          ImagesCommand.class, ImagesCommand::new,
          DrawCommand.class, DrawCommand::new,
          ZoomCommand.class, ZoomCommand::new,
          CleanCommand.class, CleanCommand::new,
          RerunCommand.class, RerunCommand::new,
          SyncCommand.class, SyncCommand::new);

  @Override
  public <K> K create(Class<K> type) throws Exception {
    return JOBS.containsKey(type)
        ? type.cast(JOBS.get(type).apply(spark))
        : CommandLine.defaultFactory().create(type);
  }
}
