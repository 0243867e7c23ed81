package io.reverie.jobs.sync;

import io.reverie.jobs.run.Outcome;
import io.reverie.jobs.sync.input.InputKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;

/**
 * Submits what is due, in batches of one kind each, until all is done or the run must stop.
 *
 * @param slots tasks that run at once, asked for each batch
 */
record DueItems(BatchRunner batches, Journal journal, Tally tally, IntSupplier slots) {

  private static final int MIN_IMAGES = 64;
  private static final int IMAGES_PER_SLOT = 16;
  private static final int MIN_VIDEOS = 4;

  /** Dreams at most so many items, those that may crash their machine last. */
  void dream(SyncPlan plan, long limit) throws IOException {
    long taken = dreamBatches(plan.due(), limit);
    dreamSuspects(plan.suspects(), limit - taken);
  }

  private long dreamBatches(Iterator<SyncItem> due, long limit) throws IOException {
    Map<InputKind, List<SyncItem>> gathered = new EnumMap<>(InputKind.class);
    long taken = 0;
    while (taken < limit && batches.stopped().isEmpty() && due.hasNext()) {
      SyncItem item = due.next();
      taken++;
      if (!item.refusal().isEmpty()) {
        refuse(item);
        continue;
      }
      List<SyncItem> batch = gathered.computeIfAbsent(item.kind(), kind -> new ArrayList<>());
      batch.add(item);
      if (batch.size() >= size(item.kind())) {
        batches.submit(batch);
        gathered.remove(item.kind());
      }
    }
    gathered.values().forEach(batches::submit);
    batches.await();
    return taken;
  }

  private void refuse(SyncItem item) throws IOException {
    Outcome refused = Journal.failed(item, item.refusal());
    journal.end(item, refused);
    tally.add(item, refused);
  }

  private int size(InputKind kind) {
    return kind == InputKind.IMAGE
        ? Math.max(MIN_IMAGES, IMAGES_PER_SLOT * slots.getAsInt())
        : Math.max(MIN_VIDEOS, slots.getAsInt());
  }

  /** Dreams suspects one at a time, so that one that crashes its machine affects no other item. */
  private void dreamSuspects(List<SyncItem> suspects, long limit) {
    Iterator<SyncItem> next = suspects.stream().limit(limit).iterator();
    while (next.hasNext() && batches.stopped().isEmpty()) {
      batches.submit(List.of(next.next()));
      batches.await();
    }
  }
}
