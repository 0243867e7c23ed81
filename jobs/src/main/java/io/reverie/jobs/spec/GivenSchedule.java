package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import java.io.IOException;

/**
 * Takes the schedule that {@link SpecJson} put into the tree as it is. Injected values would say
 * the same, but Jackson 2.18, which Spark 4.0 has, sets them in a record's final field.
 */
final class GivenSchedule extends JsonDeserializer<Schedule> {

  @Override
  public Schedule deserialize(JsonParser parser, DeserializationContext context)
      throws IOException {
    return (Schedule) parser.getEmbeddedObject();
  }
}
