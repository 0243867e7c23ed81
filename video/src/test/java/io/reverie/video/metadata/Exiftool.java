package io.reverie.video.metadata;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * An independent reader and writer of metadata, where it is installed. One process serves all
 * calls, because Perl takes longer to start than exiftool to work.
 */
final class Exiftool {

  private static final Path PROGRAM = Path.of("/usr/bin/exiftool");

  /** Ends the output of a successful call. */
  private static final String DONE = "{status 0}\n{ready}\n";

  private static final byte[] READY = "{ready}\n".getBytes(UTF_8);

  private static Process process;

  private Exiftool() {}

  static boolean isInstalled() {
    return Files.isExecutable(PROGRAM);
  }

  /**
   * Runs a command.
   *
   * @param folder of the files that the arguments name
   * @return what it prints
   */
  static synchronized byte[] bytes(Path folder, String... arguments) throws IOException {
    if (process == null) {
      process =
          new ProcessBuilder(PROGRAM.toString(), "-stay_open", "True", "-@", "-")
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    }
    List<String> lines = new ArrayList<>(List.of("-echo3", "{status ${status}}"));
    for (String argument : arguments) {
      lines.add(inFolder(folder, argument));
    }
    lines.add("-execute");
    String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    process.getOutputStream().write(text.getBytes(UTF_8));
    process.getOutputStream().flush();
    return answer(process.getInputStream(), text);
  }

  private static String inFolder(Path folder, String argument) {
    int file = argument.startsWith("-") ? argument.indexOf("<=") + 2 : 0;
    return argument.startsWith("-") && file == 1
        ? argument
        : argument.substring(0, file) + folder.resolve(argument.substring(file));
  }

  private static byte[] answer(InputStream in, String command) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] all = new byte[0];
    for (int next = in.read(); next >= 0; next = in.read()) {
      out.write(next);
      if (next == '\n') {
        all = out.toByteArray();
        if (endsWith(all, READY)) {
          break;
        }
      }
    }
    assertThat(new String(all, UTF_8)).as(command).endsWith(DONE);
    return Arrays.copyOf(all, all.length - DONE.length());
  }

  private static boolean endsWith(byte[] all, byte[] end) {
    return all.length >= end.length
        && Arrays.equals(all, all.length - end.length, all.length, end, 0, end.length);
  }

  static String text(Path folder, String... arguments) throws IOException {
    return new String(bytes(folder, arguments), UTF_8).strip();
  }
}
