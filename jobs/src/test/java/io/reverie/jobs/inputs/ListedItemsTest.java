package io.reverie.jobs.inputs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import io.reverie.jobs.network.WeightsStore;
import io.reverie.jobs.run.SpecifiedItem;
import io.reverie.jobs.spec.SpecLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ListedItemsTest {

  @TempDir private Path folder;

  private List<SpecifiedItem> videos(String... rows) throws IOException {
    Path list = Files.write(folder.resolve("list.csv"), List.of(rows));
    ListedItems.Loaded loaded =
        ListedItems.Loaded.of(
            InputFile.of(list.toString()).read(),
            row ->
                SpecLoader.load(
                    Optional.empty(),
                    row.settings().tree().path("video").has("fps")
                        ? List.of("video.fps=24")
                        : List.of()));
    WeightsStore weights = new WeightsStore(folder.resolve("cache"));
    return new ListedItems(ResultKind.VIDEO, Optional.empty(), path -> path)
        .of(loaded, settings -> weights.resolve(settings.spec(), settings.network()));
  }

  @Test
  void numberedFramesNeedARateBeforeAnythingIsDreamed() throws IOException {
    String good = "a.mov,%s/a.mp4,".formatted(folder);
    String frames = "%1$s/%%05d.png,%1$s/b.mp4,".formatted(folder);
    assertThatThrownBy(() -> videos("input,output,video.fps", good, frames))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("list.csv, line 3: ")
        .hasMessageContaining("set one, such as --fps 24");
    assertThat(videos("input,output,video.fps", good, frames + "24")).hasSize(2);
    Files.writeString(folder.resolve("%05d.png"), "a file of that very name");
    assertThat(videos("input,output,video.fps", good, frames)).hasSize(2);
  }
}
