package io.reverie.jobs.forecast;

import java.util.OptionalDouble;

/**
 * The prices that the user pays, in any currency.
 *
 * @param coreHour for one core during an hour
 * @param thousandRequests for 1000 requests to the object store
 */
public record Prices(OptionalDouble coreHour, OptionalDouble thousandRequests) {

  public static final Prices UNKNOWN = new Prices(OptionalDouble.empty(), OptionalDouble.empty());

  public boolean isUnknown() {
    return coreHour.isEmpty() && thousandRequests.isEmpty();
  }

  double money(double coreHours, long requests) {
    return coreHours * coreHour.orElse(0) + requests / 1000.0 * thousandRequests.orElse(0);
  }
}
