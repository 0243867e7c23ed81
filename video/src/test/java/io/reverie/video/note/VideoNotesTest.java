package io.reverie.video.note;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.video.FfmpegCli;
import io.reverie.video.MediaSource;
import io.reverie.video.Rewriting;
import io.reverie.video.decode.VideoFile;
import io.reverie.video.encode.EncodeOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads notes in videos with our reader and ffprobe, and checks that the source's tags stay. */
class VideoNotesTest {

  private static final Note NOTE =
      new Note("Reverie 1", "{\"reverie\":1,\"a\":\"" + "x".repeat(600) + " = ; # \\\\ y\"}");

  @TempDir private Path folder;

  private Path film(String name, String tags) {
    FfmpegCli.ffmpeg(
        folder,
        "-f lavfi -i testsrc2=size=64x36:rate=10:duration=0.5 -c:v mpeg4 %s %s"
            .formatted(tags, name));
    return folder.resolve(name);
  }

  private Path noted(Path source, String output, Note note) {
    Path file = folder.resolve(output);
    new Rewriting(source, file, EncodeOptions.AUTOMATIC, 0, Integer.MAX_VALUE)
        .run(Optional.of(note));
    return file;
  }

  private static String tag(Path file, String key) {
    return String.join(
        "\n",
        FfmpegCli.ffprobe(file, "-show_entries format_tags=" + key).stream()
            .map(line -> line.replaceAll("^\"|\"$", "").replace("\"\"", "\""))
            .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "o.mp4, comment",
    "o.m4v, comment",
    "o.mov, comment",
    "o.mkv, REVERIE",
    "o.webm, REVERIE",
    "o.avi, comment",
    "o.gif, comment"
  })
  void aNoteIsStoredInATag(String output, String key) {
    Path made = noted(film("film.mp4", "-an"), output, NOTE);

    assertThat(NoteReader.read(MediaSource.of(made))).contains(NOTE.text());
    assertThat(tag(made, key)).isEqualTo(NOTE.text());
    assertThat(new VideoFile(MediaSource.of(made)).index().count()).isEqualTo(5);
    assertThat(FfmpegCli.complaints(made)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"o.mp4, description", "o.mkv, REVERIE", "o.webm, REVERIE", "o.avi, subject"})
  void theCommentOfTheSourceIsKept(String output, String key) {
    Path made = noted(film("film.mp4", "-metadata comment=mine"), output, NOTE);

    assertThat(tag(made, "comment")).isEqualTo("mine");
    assertThat(tag(made, key)).isEqualTo(NOTE.text());
    assertThat(NoteReader.read(MediaSource.of(made))).contains(NOTE.text());
  }

  @Test
  void movWithACommentAndTransportStreamsHaveNoNote() {
    Path source = film("film.mp4", "-metadata comment=mine");
    Path mov = noted(source, "o.mov", NOTE);
    assertThat(NoteReader.read(MediaSource.of(mov))).isEmpty();
    assertThat(tag(mov, "comment")).isEqualTo("mine");
    assertThat(NoteReader.read(MediaSource.of(noted(source, "o.ts", NOTE)))).isEmpty();
  }

  @Test
  void notesAbove64KilobytesAreStoredIfTheContainerSupportsThem() {
    Note large = new Note("Reverie 1", "{\"reverie\":1,\"a\":\"" + "x".repeat(70_000) + "\"}");
    Path source = film("film.mp4", "-an");
    for (String output : new String[] {"o.mp4", "o.mkv", "o.avi", "o.gif"}) {
      assertThat(NoteReader.read(MediaSource.of(noted(source, output, large))))
          .contains(large.text());
    }
    Path mov = noted(source, "o.mov", large);
    assertThat(NoteReader.read(MediaSource.of(mov))).isEmpty();
    assertThat(FfmpegCli.complaints(mov)).isEmpty();
  }

  @Test
  void aDreamOfADreamHasOnlyTheLatestNote() {
    Path first = noted(film("film.mp4", "-metadata title=T"), "first.mp4", NOTE);
    Note later = new Note("Reverie 1", "{\"reverie\":1,\"later\":true}");
    Path second = noted(first, "second.mp4", later);

    assertThat(NoteReader.read(MediaSource.of(second))).contains(later.text());
    assertThat(tag(second, "comment")).isEqualTo(later.text());
    assertThat(tag(second, "description")).isEmpty();
    assertThat(tag(second, "title")).isEqualTo("T");
  }
}
