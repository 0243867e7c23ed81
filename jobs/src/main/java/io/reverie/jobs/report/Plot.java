package io.reverie.jobs.report;

import io.reverie.jobs.page.Element;
import io.reverie.jobs.page.Html;
import io.reverie.jobs.report.Series.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * A curve over time as SVG, with its axes as text beside it, so that the text keeps its size when
 * the curve is stretched to the width of the page.
 *
 * @param title says what is plotted
 * @param explanation for whoever sees such a plot for the first time
 * @param seconds at the left and the right end
 * @param marks places of cuts, from 0 to 1
 */
record Plot(
    String title,
    String explanation,
    Series series,
    double from,
    double seconds,
    List<Double> marks) {

  private static final int WIDTH = 1000;
  private static final int HEIGHT = 160;

  /** More marks would hide the curve. */
  private static final int MAX_MARKS = 60;

  Element html() {
    List<Point> points = series.points();
    if (points.isEmpty()) {
      return Element.of("div");
    }
    double top = nice(series.highest());
    Element drawing =
        svg(WIDTH, HEIGHT)
            .with("role", "img")
            .with("aria-label", "%s: %s on average".formatted(title, number(series.mean())))
            .add(lines())
            .add(
                shape("path", "band").with("d", band(points, top)),
                shape("path", "curve").with("d", curve(points, top)));
    return Element.of(
            "figure",
            Element.of(
                "figcaption",
                Element.of("strong", title),
                Html.text(" "),
                Element.of("span", explanation).classed("soft")),
            Element.of(
                    "div",
                    labels("plot-y", List.of(number(top), number(top / 2), "0")),
                    drawing,
                    labels("plot-x", times()))
                .classed("plot"))
        .classed("card chart");
  }

  private List<Html> lines() {
    List<Html> lines = new ArrayList<>();
    for (int y : new int[] {0, HEIGHT / 2, HEIGHT}) {
      lines.add(line(0, y, WIDTH, y).classed("grid"));
    }
    if (marks.size() <= MAX_MARKS) {
      for (double mark : marks) {
        lines.add(line(mark * WIDTH, 0, mark * WIDTH, HEIGHT).classed("cut"));
      }
    }
    return lines;
  }

  private List<String> times() {
    List<String> times = new ArrayList<>();
    for (int i = 0; i <= 4; i++) {
      times.add(Durations.place(from + seconds * i / 4));
    }
    return times;
  }

  static Element svg(int width, int height) {
    return Element.of("svg")
        .with("viewBox", "0 0 %d %d".formatted(width, height))
        .with("preserveAspectRatio", "none");
  }

  static Element labels(String classes, List<String> texts) {
    return Element.of("div")
        .classed(classes)
        .with("aria-hidden", "true")
        .add(texts.stream().map(text -> Element.of("span", text)).toList());
  }

  private static Element line(double x1, double y1, double x2, double y2) {
    return shape("line", "")
        .with("x1", coordinate(x1))
        .with("y1", coordinate(y1))
        .with("x2", coordinate(x2))
        .with("y2", coordinate(y2));
  }

  private static Element shape(String name, String classes) {
    Element shape = Element.of(name).with("vector-effect", "non-scaling-stroke");
    return classes.isEmpty() ? shape : shape.classed(classes);
  }

  /** The mean of each bucket; a gap interrupts the line. */
  static String curve(List<Point> points, double top) {
    StringBuilder path = new StringBuilder();
    for (int i = 0; i < points.size(); i++) {
      Point point = points.get(i);
      path.append(i == 0 || point.gap() ? 'M' : 'L').append(place(point, Point::mean, top));
    }
    if (points.size() == 1) {
      path.append("h1");
    }
    return path.toString();
  }

  /** The area between the lowest and the highest value of each bucket. */
  private static String band(List<Point> points, double top) {
    StringBuilder path = new StringBuilder();
    int start = 0;
    for (int i = 1; i <= points.size(); i++) {
      if (i == points.size() || points.get(i).gap()) {
        area(points.subList(start, i), top, path);
        start = i;
      }
    }
    return path.toString();
  }

  private static void area(List<Point> run, double top, StringBuilder path) {
    for (int i = 0; i < run.size(); i++) {
      path.append(i == 0 ? 'M' : 'L').append(place(run.get(i), Point::high, top));
    }
    for (int i = run.size() - 1; i >= 0; i--) {
      path.append('L').append(place(run.get(i), Point::low, top));
    }
    path.append('Z');
  }

  private static String place(Point point, ToDoubleFunction<Point> value, double top) {
    double share = Math.max(0, Math.min(1, value.applyAsDouble(point) / top));
    return coordinate(point.at() * WIDTH) + " " + coordinate((1 - share) * HEIGHT);
  }

  static String coordinate(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  /** The smallest of 1, 2 and 5 times a power of ten that is not below a value. */
  static double nice(double highest) {
    if (!(highest > 0)) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(highest)));
    for (int step : new int[] {1, 2, 5}) {
      if (highest <= step * power * (1 + 1e-9)) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** Three significant digits at most. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "\u2013";
    }
    int digits = value == 0 ? 0 : Math.max(0, 2 - (int) Math.floor(Math.log10(Math.abs(value))));
    String text = String.format(Locale.ROOT, "%." + Math.min(6, digits) + "f", value);
    return text.contains(".") ? text.replaceFirst("\\.?0+$", "") : text;
  }
}
