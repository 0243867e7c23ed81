package io.reverie.jobs.sync;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SyncReportTest {

  @Test
  void schedulersReadTheseKeys() {
    SyncRequest request = SyncRequest.of("in", "out");
    assertThat(SyncReport.busy(request, "0123", "another").json())
        .isEqualTo(
            """
            {"version":1,"command":"sync","id":"0123","in":"in","out":"out",\
            "found":0,"done":0,"dreamed":0,"failed":0,"young":0,"quarantined":0,"left":0,"excluded":0,\
            "seconds":0.0,"stopped":"","holder":"another","items":[],"quarantine":[],\
            "orphans":0,"deleted":[],"notices":[],"skipped":{}}""");
  }
}
