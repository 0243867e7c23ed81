package io.reverie.jobs.results;

import io.reverie.jobs.run.Outcome;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * A row about one item.
 *
 * @param version tells the input's content apart from another one of its name; empty without a file
 * @param id of the settings
 */
record ResultRow(Outcome outcome, String version, String id) {

  /** The columns, in their order. */
  static final StructType COLUMNS =
      new StructType()
          .add("input", DataTypes.StringType)
          .add("version", DataTypes.StringType)
          .add("output", DataTypes.StringType)
          .add("id", DataTypes.StringType)
          .add("state", DataTypes.StringType)
          .add("seconds", DataTypes.DoubleType)
          .add("core_seconds", DataTypes.DoubleType)
          .add("frames", DataTypes.LongType)
          .add("strength", DataTypes.DoubleType)
          .add("flicker", DataTypes.DoubleType)
          .add("message", DataTypes.StringType)
          .add("warnings", DataTypes.createArrayType(DataTypes.StringType));

  /**
   * The values of all columns.
   *
   * @param further values of further columns, which follow
   */
  Row with(Object... further) {
    Outcome shown = outcome.withoutSecrets();
    Outcome.Measured measured = outcome.measured();
    @Nullable Object[] own = {
      shown.input(),
      version,
      shown.output(),
      id,
      shown.status().name().toLowerCase(Locale.ROOT),
      measured.elapsed(),
      shown.seconds(),
      shown.frames(),
      known(measured.strength()),
      known(measured.flicker()),
      shown.message(),
      shown.warnings().toArray(new String[0])
    };
    @Nullable Object[] all = Arrays.copyOf(own, own.length + further.length);
    System.arraycopy(further, 0, all, own.length, further.length);
    return RowFactory.create(all);
  }

  private static @Nullable Object known(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
