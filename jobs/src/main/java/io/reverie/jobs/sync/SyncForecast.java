package io.reverie.jobs.sync;

import io.reverie.jobs.run.CombinedForecast;
import io.reverie.jobs.run.RunListener;
import io.reverie.jobs.sync.input.InputKind;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Forecasts a sync: the kinds follow one another, as batches of both take turns. */
record SyncForecast(Map<InputKind, ItemDreamer> dreamers) {

  void tell(List<SyncItem> due, RunListener listener) throws IOException {
    CombinedForecast sum = new CombinedForecast(listener, (one, other) -> one.then(other));
    for (InputKind kind : InputKind.values()) {
      List<SyncItem> some =
          due.stream().filter(item -> item.kind() == kind && item.refusal().isEmpty()).toList();
      ItemDreamer dreamer = dreamers.get(kind);
      if (!some.isEmpty() && dreamer != null) {
        dreamer.forecast(some, sum);
      }
    }
    sum.tell();
  }
}
