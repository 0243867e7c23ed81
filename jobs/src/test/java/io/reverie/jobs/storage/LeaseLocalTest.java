package io.reverie.jobs.storage;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A lease on this machine. */
class LeaseLocalTest extends LeaseContract {

  @TempDir private Path folder;

  @Override
  Storage storage() {
    return LocalStorage.INSTANCE;
  }

  @Override
  Location base() {
    return Location.of(folder.toString());
  }
}
