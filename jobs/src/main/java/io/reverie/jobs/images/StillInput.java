package io.reverie.jobs.images;

import io.reverie.jobs.run.WorkItem;
import io.reverie.jobs.storage.FileEntry;
import io.reverie.jobs.storage.Location;
import io.reverie.jobs.storage.media.StoredMedia;
import io.reverie.video.MediaSource;
import java.io.IOException;
import java.util.Optional;

/**
 * The file of an image, looked up once and, if it is small and remote, read once.
 *
 * @param found the file as it was found; empty for noise
 * @param media its content; empty for noise
 */
record StillInput(WorkItem item, Optional<StoredMedia> found, Optional<MediaSource> media) {

  static StillInput of(WorkItem item) throws IOException {
    if (item.isNoise()) {
      return new StillInput(item, Optional.empty(), Optional.empty());
    }
    StoredMedia found = StoredMedia.of(Location.of(item.input()));
    return new StillInput(item, Optional.of(found), Optional.of(found.loaded()));
  }

  FileEntry entry() {
    return found.orElseThrow().entry();
  }
}
