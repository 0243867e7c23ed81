package io.reverie.jobs.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window; tests that need it are skipped where it is absent. */
public final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Opens a page from the disk. */
  public static Browser of(Path page, String... switches) {
    assumeTrue(Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER), "needs chromium");
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    // A user without a sandbox, as root in a container.
    options.addArguments("--headless=new", "--no-sandbox", "--disable-dev-shm-usage");
    options.addArguments("--disable-background-networking", "--no-first-run", "--disable-gpu");
    options.addArguments(switches);
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    options.setCapability("goog:loggingPrefs", logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    Browser browser = new Browser(new ChromeDriver(service, options));
    browser.driver.get(page.toUri().toString());
    return browser;
  }

  /** For gestures. */
  public WebDriver driver() {
    return driver;
  }

  public void resize(int width, int height) {
    driver.manage().window().setSize(new Dimension(width, height));
  }

  public WebElement find(String selector) {
    return driver.findElement(By.cssSelector(selector));
  }

  public List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** Evaluates an expression of JavaScript. */
  public Object js(String expression) {
    return driver.executeScript("return " + expression);
  }

  /** Whether a picture has been decoded. */
  public boolean isShown(String selector) {
    return (boolean)
        js(
            "(i => i.complete && i.naturalWidth > 0)(document.querySelector('%s'))"
                .formatted(selector));
  }

  /** Returns what the page wrote to the console, violations of its policy included. */
  public List<String> console() {
    return log(LogType.BROWSER).map(LogEntry::getMessage).toList();
  }

  /** Returns everything that the page asked for beside itself and the data in it. */
  public List<String> requests() {
    return log(LogType.PERFORMANCE)
        .map(LogEntry::getMessage)
        .filter(message -> message.contains("\"Network.requestWillBeSent\""))
        .map(
            message ->
                message.replaceAll("(?s).*\"request\":\\{.*?\"url\":\"([^\"]{0,200}).*", "$1"))
        .filter(address -> !address.startsWith("data:") && !address.startsWith("file:"))
        .toList();
  }

  private java.util.stream.Stream<LogEntry> log(String type) {
    return StreamSupport.stream(driver.manage().logs().get(type).spliterator(), false);
  }

  public byte[] screenshot() {
    return driver.getScreenshotAs(OutputType.BYTES);
  }

  @Override
  public void close() {
    driver.quit();
  }
}
