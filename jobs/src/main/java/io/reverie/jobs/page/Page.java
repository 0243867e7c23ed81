package io.reverie.jobs.page;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A whole page in one file. It works from a disk or a bucket, needs no network and no server, is
 * light or dark as the reader's system is, and can be read without JavaScript. Its
 * Content-Security-Policy forbids everything that is not in the file.
 *
 * @param title in plain text
 * @param assets style sheets and scripts besides those that all pages share
 * @param media whether it may play videos that are in it
 * @param refresh seconds after which an open page loads itself again
 * @param body content of the main element
 */
public record Page(
    String title, List<Asset> assets, boolean media, OptionalInt refresh, List<Html> body) {

  private static final Asset STYLE = Asset.of(Page.class, "page.css");
  private static final Asset SCRIPT = Asset.of(Page.class, "page.js");

  public Page {
    assets = List.copyOf(assets);
    body = List.copyOf(body);
  }

  /** Creates a page that stays as it is. */
  public Page(String title, List<Asset> assets, boolean media, List<Html> body) {
    this(title, assets, media, OptionalInt.empty(), body);
  }

  /** Creates a page that needs no file besides itself. */
  public static Page of(String title, List<Asset> assets, List<? extends Html> body) {
    return new Page(title, assets, false, List.copyOf(body));
  }

  /** Returns a copy that may play the videos in it. */
  public Page playing() {
    return new Page(title, assets, true, refresh, body);
  }

  /** Returns a copy that an open browser loads again after some seconds, or never. */
  public Page refreshing(OptionalInt seconds) {
    return new Page(title, assets, media, seconds, body);
  }

  /** Writes the page in UTF-8; the caller closes the stream. */
  public void write(OutputStream out) throws IOException {
    Writer page = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    page.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    page.append("<meta http-equiv=\"Content-Security-Policy\" content=\"");
    page.append(policy()).append("\">\n");
    page.append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    page.append("<meta name=\"color-scheme\" content=\"light dark\">\n");
    page.append("<meta name=\"referrer\" content=\"no-referrer\">\n");
    page.append("<meta name=\"robots\" content=\"noindex\">\n");
    if (refresh.isPresent()) {
      page.append("<meta http-equiv=\"refresh\" content=\"");
      page.append(Integer.toString(refresh.getAsInt())).append("\">\n");
    }
    page.append("<title>").append(Html.escaped(title)).append("</title>\n");
    write(Asset.Kind.STYLE, page);
    page.append("</head>\n<body>\n");
    Element.of("main").add(body).write(page);
    page.append('\n');
    write(Asset.Kind.SCRIPT, page);
    page.append("</body>\n</html>\n");
    page.flush();
  }

  /** Returns the page in UTF-8. */
  public byte[] bytes() {
    try (java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream()) {
      write(out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Asset.Kind kind, Writer page) throws IOException {
    for (Asset asset : all(kind).toList()) {
      asset.write(page);
    }
  }

  private Stream<Asset> all(Asset.Kind kind) {
    return Stream.concat(Stream.of(STYLE, SCRIPT), assets.stream())
        .filter(asset -> asset.kind() == kind);
  }

  private String policy() {
    return "default-src 'none'; img-src data:; style-src %s; script-src %s;%s base-uri 'none'; form-action 'none'"
        .formatted(
            sources(Asset.Kind.STYLE),
            sources(Asset.Kind.SCRIPT),
            media ? " media-src data:;" : "");
  }

  private String sources(Asset.Kind kind) {
    return all(kind).map(Asset::source).collect(Collectors.joining(" "));
  }
}
