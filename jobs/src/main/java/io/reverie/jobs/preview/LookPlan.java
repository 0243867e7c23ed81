package io.reverie.jobs.preview;

import java.util.List;

/**
 * The looks of a page.
 *
 * @param rows in the order of the page
 * @param notes sentences about looks that were left out
 */
record LookPlan(List<Row> rows, List<String> notes) {

  /**
   * Looks that belong together.
   *
   * @param title empty if there is only one row
   * @param ordered whether they are values of one key, to be seen side by side
   */
  record Row(String title, boolean ordered, List<Look> looks) {
    Row {
      looks = List.copyOf(looks);
    }
  }

  LookPlan {
    rows = List.copyOf(rows);
    notes = List.copyOf(notes);
  }

  List<Look> looks() {
    return rows.stream().flatMap(row -> row.looks().stream()).toList();
  }
}
