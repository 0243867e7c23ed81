package io.reverie.jobs.spec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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

/** Converts between a spec and its tree of settings. */
final class SpecJson {

  /** Writes scheduled settings as numbers: their values at 0 s. */
  private static final JsonMapper PLAIN =
      JsonMapper.builder()
          .addMixIn(PipelineSpec.class, AsRecord.class)
          .addModule(new LowerCaseEnums())
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .build();

  private SpecJson() {}

  @JsonSerialize
  private interface AsRecord {}

  /** The settings of a spec with each curve replaced by its value at 0 s. */
  static ObjectNode plain(PipelineSpec spec) {
    return PLAIN.valueToTree(spec);
  }

  static JsonNode tree(Object value) {
    return PLAIN.valueToTree(value);
  }

  /** Parses settings; a value of the wrong type is the user's error. */
  static PipelineSpec read(ObjectNode settings, Schedule schedule) {
    return read(PLAIN.reader(), settings, schedule);
  }

  /** Parses settings, truncating numbers where an integer is expected. */
  static PipelineSpec readTruncated(ObjectNode settings, Schedule schedule) {
    return read(PLAIN.reader(DeserializationFeature.ACCEPT_FLOAT_AS_INT), settings, schedule);
  }

  private static PipelineSpec read(ObjectReader reader, ObjectNode settings, Schedule schedule) {
    try {
      PipelineSpec spec =
          reader
              .forType(PipelineSpec.class)
              .readValue(settings.deepCopy().putPOJO("schedule", schedule));
      return check(spec);
    } catch (JsonProcessingException e) {
      throw UserException.usage(ValueErrors.sentence(e), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Validates the settings that dream-core would reject; needs no network. */
  static PipelineSpec check(PipelineSpec spec) {
    try {
      spec.dream(PlaceholderObjectives::of);
      return spec;
    } catch (DreamException e) {
      throw UserException.usage(e.getMessage(), e);
    }
  }

  /** Writes a spec with its curves. */
  static final class Writer extends JsonSerializer<PipelineSpec> {
    @Override
    public void serialize(PipelineSpec spec, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      ObjectNode settings = plain(spec);
      spec.schedule().writeTo(settings);
      provider.defaultSerializeValue(settings, out);
    }
  }
}
