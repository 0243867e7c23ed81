package io.reverie.jobs.spec;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.reverie.core.DreamException;
import io.reverie.jobs.error.UserException;
import io.reverie.jobs.spec.rule.ClassRule;
import java.io.Serializable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Path of one value in the records of a spec.
 *
 * @param parts keys, and indices of lists
 */
record SpecPath(List<String> parts) implements Serializable {

  SpecPath {
    parts = List.copyOf(parts);
  }

  SpecPath then(String part) {
    List<String> longer = new ArrayList<>(parts);
    longer.add(part);
    return new SpecPath(longer);
  }

  /** Formats the path as {@code octaves.each[0].step}. */
  String key() {
    StringBuilder key = new StringBuilder();
    for (String part : parts) {
      if (part.matches("\\d+")) {
        key.append('[').append(part).append(']');
      } else {
        key.append(key.isEmpty() ? "" : ".").append(part);
      }
    }
    return key.toString();
  }

  boolean isBelow(String... other) {
    return parts.size() >= other.length
        && parts.subList(0, other.length).equals(Arrays.asList(other));
  }

  /**
   * Replaces the number at this path, rounding it where an integer is expected.
   *
   * @throws UserException if the number is invalid, or the path is not one of a number
   */
  PipelineSpec put(PipelineSpec spec, double value) {
    return (PipelineSpec) put(spec, parts, value);
  }

  private Object put(Object node, List<String> path, double value) {
    String head = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (node instanceof List<?> list) {
      List<Object> changed = new ArrayList<>(list);
      int at = Integer.parseInt(head);
      changed.set(at, rest.isEmpty() ? notANumber() : put(list.get(at), rest, value));
      return changed;
    }
    if (node instanceof ClassRule classes && rest.isEmpty()) {
      return classes.with(head, value);
    }
    RecordComponent component =
        Optional.of(node).filter(Record.class::isInstance).stream()
            .flatMap(n -> Arrays.stream(n.getClass().getRecordComponents()))
            .filter(c -> name(c).equals(head))
            .findFirst()
            .orElseThrow(this::notANumber);
    Object changed =
        rest.isEmpty()
            ? number(component.getType(), value)
            : put(value((Record) node, component), rest, value);
    return with((Record) node, component.getName(), changed);
  }

  private Object number(Class<?> type, double value) {
    if (type == int.class || type == Integer.class) {
      long rounded = Math.round(value);
      if (rounded != (int) rounded) {
        throw UserException.usage("%s is out of range: %s".formatted(key(), value));
      }
      return (int) rounded;
    }
    if (type == double.class || type == Double.class) {
      return value;
    }
    throw notANumber();
  }

  private UserException notANumber() {
    return UserException.usage(key() + " is not a number and cannot change over time");
  }

  private static String name(RecordComponent component) {
    JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
    return named == null || named.value().isEmpty() ? component.getName() : named.value();
  }

  /** Copies a record with one component replaced; its constructor validates the copy. */
  static <R extends Record> R with(R record, String component, Object value) {
    RecordComponent[] components = record.getClass().getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = components[i].getName().equals(component) ? value : value(record, components[i]);
    }
    try {
      var constructor = record.getClass().getDeclaredConstructor(types);
      constructor.setAccessible(true);
      @SuppressWarnings("unchecked")
      R copy = (R) constructor.newInstance(values);
      return copy;
    } catch (InvocationTargetException e) {
      throw rejection(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object value(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (InvocationTargetException e) {
      throw rejection(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static RuntimeException rejection(InvocationTargetException e) {
    if (e.getCause() instanceof DreamException dream) {
      return UserException.usage(dream.getMessage(), dream);
    }
    return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
  }
}
