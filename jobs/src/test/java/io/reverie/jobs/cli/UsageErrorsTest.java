package io.reverie.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes on the command line; a mistake in a value of a key is in SpecLoaderTest. */
class UsageErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vidoe a b | unknown command 'vidoe'; did you mean 'video'?",
        "xyzzy | unknown command 'xyzzy'; the commands are video, images, draw, ",
        "video --ovrewrite a b | unknown option '--ovrewrite'; did you mean '--overwrite'?",
        "video --colors=all a b | unknown option '--colors'; did you mean '--colours'?",
        "spec --xyzzy | unknown option '--xyzzy'; `reverie spec --help` lists the options",
        "spec -x | unknown option '-x'; `reverie spec --help` lists the options",
        "images --bitrate 8M a b | reverie images has no option --bitrate; it belongs to video",
        "video --preset | --preset needs a value: PRESET",
        "spec --set | --set needs a value: KEY=VALUE",
        "video --preset x --preset y a b | --preset is given twice; give it once",
        "video --dry-run=3 a b | --dry-run takes no value; omit '=3'",
        "images --strip-private=x a b | --strip-private takes no value; omit '=x'",
        "video | reverie video needs INPUT... OUTPUT, such as: reverie video clip.mp4 dream.mp4",
        "video a | only 'a' was given; reverie video needs INPUT... OUTPUT, such as: ",
        "measure a | reverie measure needs SOURCE DREAMED, such as: reverie measure clip.mp4 ",
        "spec foo | unexpected argument 'foo'; reverie spec takes only options",
        "sync a b c | unexpected argument 'c'; reverie sync takes IN OUT",
        "networks a b | unexpected argument 'b'; reverie networks takes [NAME]",
        "sync a b --limit x | --limit must be a whole number, not 'x'",
        "video --checkpoint x a b | --checkpoint must be a number, not 'x'",
        "video --device cpuu a b | --device must be auto, cpu or gpu, not 'cpuu' (did you mean 'cpu'?)",
        "video --batch 0 a b | --batch must be auto or a number from 1 to 64, not '0'",
        "measure --protocol x a b | --protocol must be reverie or lai, not 'x'",
        "rerun --file foo a | --file must be NAME=FILE, not 'foo'",
        "generate-completion fsh | SHELL must be bash, zsh or fish, not 'fsh'",
        "recipes engravin | no recipe 'engravin' (did you mean 'engraving'?); choose one of ",
        "spec --network embeded | unknown network 'embeded' (did you mean 'embedded'?); choose ",
        "spec --preset creatres | has no preset 'creatres' (did you mean 'creatures'?); it has ",
        "spec --set video.start=2 --set video.end=1 | the end 1 is not after the start 2; check --start and --end",
        "spec --set video.start=1:90 | invalid time '1:90'; seconds after a colon must be below 60",
        "spec --set video.end=1:75:00 | invalid time '1:75:00'; minutes after a colon must be below 60",
        "spec --set video.end=soon | invalid time 'soon'; expected seconds or hh:mm:ss, such as",
        "spec --colours lumma | invalid colours 'lumma' (did you mean 'luma'?); expected one of ",
      })
  void oneSentenceNamesTheMistakeAndTheRemedy(String words, String sentence) {
    CommandLineRun run = CommandLineRun.of(words.split(" "));
    assertThat(run.err()).startsWith("reverie: ").contains(sentence).hasLineCount(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    CommandLineRun run = CommandLineRun.of();
    assertThat(run.err()).startsWith("reverie: no command given; the commands are video, images, ");
    assertThat(run.code()).isEqualTo(2);
  }

  @Test
  void aLineBreakInAnArgumentStaysInTheSentence() {
    assertThat(CommandLineRun.of("video", "a\nb").err())
        .contains("only 'a\\nb' was given")
        .hasLineCount(1);
  }
}
