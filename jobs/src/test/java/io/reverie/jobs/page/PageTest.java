package io.reverie.jobs.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageTest {

  private static final String HOSTILE = "\"><img src=x onerror='alert(1)'>&\u202e.jpg";

  private static String html(Html... body) {
    return new String(Page.of("t", List.of(), List.of(body)).bytes(), StandardCharsets.UTF_8);
  }

  @Test
  void everyTextIsEscapedWhereverItShows() {
    Html.Picture picture =
        new Html.Picture(new PictureBytes("image/png", new byte[3]), 1, 1, HOSTILE);
    String page =
        new String(
            Page.of(
                    HOSTILE,
                    List.of(),
                    List.of(
                        Element.of("h1", HOSTILE).with("title", HOSTILE),
                        Widgets.enlargeable(picture, "a", HOSTILE, Optional.empty()),
                        Widgets.slider(picture, HOSTILE, picture, HOSTILE),
                        Widgets.copyable(HOSTILE, HOSTILE),
                        Widgets.facts(List.of(new Widgets.Fact(HOSTILE, HOSTILE)))))
                .bytes(),
            StandardCharsets.UTF_8);
    assertThat(page)
        .doesNotContain("<img src=x")
        .doesNotContain("'alert")
        .doesNotContain("\u202e")
        .contains(
            "<h1 title=\"&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;\\u202e.jpg\">");
  }

  @Test
  void aPictureIsInsideThePage() {
    byte[] bytes = new byte[100_000];
    new java.util.Random(1).nextBytes(bytes);
    assertThat(html(new Html.Picture(new PictureBytes("image/webp", bytes), 640, 360, "a lake")))
        .contains("data:image/webp;base64," + Base64.getEncoder().encodeToString(bytes) + "\"")
        .contains("width=\"640\" height=\"360\"")
        .contains("alt=\"a lake\"");
  }

  @Test
  void nothingThatLoadsOrRunsCanBeAdded() {
    for (String name : List.of("script", "style", "iframe", "img", "meta", "a b", "x>")) {
      assertThatThrownBy(() -> Element.of(name)).isInstanceOf(IllegalArgumentException.class);
    }
    Element link = Element.of("a", "x");
    for (String attribute : List.of("onclick", "style", "formaction", "a=b")) {
      assertThatThrownBy(() -> link.with(attribute, "x"))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (String address :
        List.of(
            "javascript:alert(1)", "https://example.com/", "//example.com", "data:text/html,x")) {
      assertThatThrownBy(() -> link.with("href", address))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(html(link.with("href", "#x"), link.with("href", "./a%20b.mp4")))
        .contains("href=\"#x\"", "href=\"./a%20b.mp4\"");
    assertThatThrownBy(() -> new PictureBytes("image/svg+xml", new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void thePolicyAllowsThePagesOwnScriptsAndNothingElse() {
    Asset own = new Asset(Asset.Kind.SCRIPT, "reverie.move;");
    Page page = Page.of("t", List.of(own), List.of());
    String html = new String(page.bytes(), StandardCharsets.UTF_8);
    assertThat(html)
        .contains(
            "default-src 'none'; img-src data:;", own.source(), "<script>reverie.move;</script>")
        .doesNotContain("unsafe", "media-src", "http://", "https://", " src=\"", " href=\"");
    assertThat(
            new String(new Page("t", List.of(), true, List.of()).bytes(), StandardCharsets.UTF_8))
        .contains("media-src data:;");
    assertThatThrownBy(() -> new Asset(Asset.Kind.SCRIPT, "'</script>'"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
