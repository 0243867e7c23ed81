package io.reverie.jobs.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands, and gives those that run jobs the words meant for Spark. */
record Commands(List<String> spark) implements IFactory {

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == VideoCommand.class) {
      return type.cast(new VideoCommand(spark));
    }
    if (type == ImagesCommand.class) {
      return type.cast(new ImagesCommand(spark));
    }
    if (type == DrawCommand.class) {
      return type.cast(new DrawCommand(spark));
    }
    if (type == ZoomCommand.class) {
      return type.cast(new ZoomCommand(spark));
    }
    if (type == CleanCommand.class) {
      return type.cast(new CleanCommand(spark));
    }
    if (type == RerunCommand.class) {
      return type.cast(new RerunCommand(spark));
    }
    if (type == SyncCommand.class) {
      return type.cast(new SyncCommand(spark));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
