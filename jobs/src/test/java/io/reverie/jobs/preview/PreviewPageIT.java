package io.reverie.jobs.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.reverie.jobs.cli.CommandLineRun;
import io.reverie.jobs.page.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** A page of looks in a browser, of a file whose name is markup. */
class PreviewPageIT {

  private static final String NAME = "<img onerror=alert(1) src=x>";

  @TempDir private static Path folder;
  private static Browser browser;

  @BeforeAll
  static void openThePage() throws IOException {
    Path input = folder.resolve(NAME + ".jpg");
    Files.copy(Path.of("../sample-data/lake.jpg"), input);
    Path page = folder.resolve("page.html");
    CommandLineRun run =
        CommandLineRun.of(
            "preview",
            "--quiet",
            "--size=160",
            "--iterations=1",
            "--octaves=1",
            "--presets=eyes,petals,tiles,towers",
            input.toString(),
            page.toString());
    assertThat(run.code()).as(run.err()).isZero();
    browser = Browser.of(page);
  }

  @AfterAll
  static void close() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void itOpensFromTheDiskWithoutErrorsAndLoadsNothing() {
    assertThat(browser.all("article img")).hasSize(4);
    assertThat(browser.isShown("article img")).isTrue();
    assertThat(browser.find("h1").getText()).isEqualTo(NAME + ".jpg");
    assertThat(browser.all("h1 img")).isEmpty();
    assertThat(browser.console()).isEmpty();
    assertThat(browser.requests()).isEmpty();
  }

  @Test
  void aClickEnlargesAPictureAndTheSliderComparesItWithAnother() {
    browser.resize(1280, 900);
    browser.find("#p2-0").click();
    WebElement dialog = browser.find("dialog.viewer");
    assertThat(dialog.isDisplayed()).isTrue();
    assertThat(browser.isShown(".viewer .layer + .layer img")).isTrue();
    assertThat((long) (double) width(".viewer .slider")).isGreaterThan(600);
    assertThat(browser.find(".viewer-right").getDomProperty("value")).isEqualTo("p2-0");
    assertThat(at()).isEqualTo("0%");
    browser.js(
        "(l => { l.value = 'p0-0'; l.dispatchEvent(new Event('change')); })(document.querySelector('.viewer-left'))");
    assertThat(at()).isEqualTo("50%");
    browser.find(".viewer .slider-range").sendKeys(Keys.ARROW_RIGHT);
    assertThat(at()).isNotEqualTo("50%");
    new org.openqa.selenium.interactions.Actions(browser.driver())
        .moveToElement(browser.find(".viewer .slider-range"), -200, 0)
        .click()
        .perform();
    assertThat(Double.parseDouble(at().replace("%", ""))).isBetween(5.0, 40.0);
    browser.find("dialog.viewer").sendKeys(Keys.ESCAPE);
    assertThat(dialog.isDisplayed()).isFalse();
  }

  private static Double width(String selector) {
    return ((Number)
            browser.js(
                "document.querySelector('%s').getBoundingClientRect().width".formatted(selector)))
        .doubleValue();
  }

  private static String at() {
    return (String)
        browser.js("document.querySelector('.viewer .slider').style.getPropertyValue('--at')");
  }

  @Test
  void twoLooksArePickedAndCompared() {
    browser.find(".pick[data-picture='p1-0']").click();
    assertThat(browser.find(".picked").getText()).contains("compare with eyes");
    browser.find(".pick[data-picture='p3-0']").click();
    assertThat(browser.find(".viewer-left").getDomProperty("value")).isEqualTo("p1-0");
    assertThat(browser.find(".viewer-right").getDomProperty("value")).isEqualTo("p3-0");
    assertThat(at()).isEqualTo("50%");
    browser.find("dialog.viewer").sendKeys(Keys.ESCAPE);
    assertThat(browser.find(".picked").isDisplayed()).isFalse();
  }

  @Test
  void aCommandIsCopied() {
    browser.find("article summary").click();
    WebElement copy = browser.find("article .copy");
    copy.click();
    assertThat(browser.find("article .copyable code").getText())
        .startsWith("reverie images --octaves 1 --iterations 1 --preset eyes ");
  }
}
