package io.reverie.jobs.page;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An element of HTML, or of SVG within it. Elements that load or run something are refused, and so
 * are attributes that hold scripts or styles: those come from the {@link Page} alone.
 *
 * @param attributes values in plain text; an empty one is written as the name alone
 */
public record Element(String name, Map<String, String> attributes, List<Html> children)
    implements Html {

  private static final Pattern NAME = Pattern.compile("[a-z][a-zA-Z0-9]*");
  private static final Pattern ATTRIBUTE = Pattern.compile("[a-z][a-zA-Z0-9-]*");

  private static final Set<String> REFUSED =
      Set.of("script", "style", "link", "meta", "base", "iframe", "object", "embed", "form", "img");

  private static final Set<String> EMPTY = Set.of("br", "hr", "input", "source", "col", "wbr");

  private static final Set<String> ADDRESSES = Set.of("href", "src", "poster");

  /**
   * A place in the page, or a file beside it: no scheme, so neither a script nor another server.
   */
  private static final Pattern ADDRESS = Pattern.compile("#[\\w-]+|\\./[\\w./%~+,=@-]+");

  public Element {
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    children = List.copyOf(children);
    if (!NAME.matcher(name).matches() || REFUSED.contains(name)) {
      throw new IllegalArgumentException("no element " + name);
    }
    attributes.forEach(Element::requireHarmless);
    if (EMPTY.contains(name) && !children.isEmpty()) {
      throw new IllegalArgumentException(name + " has no content");
    }
  }

  private static void requireHarmless(String attribute, String value) {
    if (!ATTRIBUTE.matcher(attribute).matches()
        || attribute.startsWith("on")
        || attribute.equals("style")
        || attribute.startsWith("srcdoc")
        || attribute.endsWith("action")) {
      throw new IllegalArgumentException("no attribute " + attribute);
    }
    if (ADDRESSES.contains(attribute) && !ADDRESS.matcher(value).matches()) {
      throw new IllegalArgumentException("no address " + value);
    }
  }

  /** Creates an element with some content. */
  public static Element of(String name, Html... children) {
    return new Element(name, Map.of(), List.of(children));
  }

  /** Creates an element that holds a text. */
  public static Element of(String name, String text) {
    return of(name, Html.text(text));
  }

  /** Returns a copy with an attribute more. */
  public Element with(String attribute, String value) {
    Map<String, String> all = new LinkedHashMap<>(attributes);
    all.put(attribute, value);
    return new Element(name, all, children);
  }

  /** Returns a copy with an attribute that has no value, such as {@code open}. */
  public Element with(String attribute) {
    return with(attribute, "");
  }

  /** Returns a copy with these classes, separated by spaces. */
  public Element classed(String classes) {
    return with("class", classes);
  }

  /** Returns a copy with more content at its end. */
  public Element add(Html... more) {
    return add(List.of(more));
  }

  /** Returns a copy with more content at its end. */
  public Element add(List<? extends Html> more) {
    List<Html> all = new ArrayList<>(children);
    all.addAll(more);
    return new Element(name, attributes, all);
  }

  @Override
  public void write(Appendable page) throws IOException {
    page.append('<').append(name);
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      page.append(' ').append(attribute.getKey());
      if (!attribute.getValue().isEmpty()) {
        page.append("=\"").append(Html.escaped(attribute.getValue())).append('"');
      }
    }
    page.append('>');
    if (!EMPTY.contains(name)) {
      for (Html child : children) {
        child.write(page);
      }
      page.append("</").append(name).append('>');
    }
  }
}
