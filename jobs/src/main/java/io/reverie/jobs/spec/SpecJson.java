package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.InjectableValues;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.reverie.core.DreamException;
import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Between a spec and its tree of settings. */
final class SpecJson {

  /** Writes a spec as a record of numbers, as they are at the beginning. */
  private static final JsonMapper PLAIN =
      JsonMapper.builder()
          .addMixIn(PipelineSpec.class, AsRecord.class)
          .addModule(new LowerCaseEnums())
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private SpecJson() {}

  @JsonSerialize
  private interface AsRecord {}

  /** The settings without the schedule. */
  static ObjectNode plain(PipelineSpec spec) {
    return PLAIN.valueToTree(spec);
  }

  /** Any words and numbers as a tree. */
  static JsonNode tree(Object value) {
    return PLAIN.valueToTree(value);
  }

  /** Reads settings; a value of the wrong type is the user's error. */
  static PipelineSpec read(ObjectNode settings, Schedule schedule) {
    return read(PLAIN.reader(), settings, schedule);
  }

  /** The same where whole numbers may have fractions, which are cut off. */
  static PipelineSpec readCut(ObjectNode settings, Schedule schedule) {
    return read(PLAIN.reader(DeserializationFeature.ACCEPT_FLOAT_AS_INT), settings, schedule);
  }

  private static PipelineSpec read(ObjectReader reader, ObjectNode settings, Schedule schedule) {
    try {
      PipelineSpec spec =
          reader
              .forType(PipelineSpec.class)
              .with(new InjectableValues.Std().addValue(Schedule.class, schedule))
              .readValue(settings);
      return check(spec);
    } catch (JsonProcessingException e) {
      throw UserException.usage(ValueErrors.sentence(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refuses what the dream would refuse, without a network. */
  static PipelineSpec check(PipelineSpec spec) {
    try {
      spec.dream(PlaceholderObjectives::of);
      return spec;
    } catch (DreamException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /** Writes a spec with its curves where they were given. */
  static final class Writer extends JsonSerializer<PipelineSpec> {
    @Override
    public void serialize(PipelineSpec spec, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      ObjectNode settings = plain(spec);
      spec.schedule().describe(settings);
      provider.defaultSerializeValue(settings, out);
    }
  }
}
