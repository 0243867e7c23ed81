package io.reverie.jobs.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.reverie.jobs.error.UserException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentProxiesTest {

  @ParameterizedTest
  @CsvSource({
    "https://a.org/w, https_proxy=http://p:3128, p:3128",
    "https://a.org/w, HTTPS_PROXY=p:3128, p:3128",
    "https://a.org/w, https_proxy=http://p, p:1080",
    "https://a.org/w, http_proxy=http://p:3128, direct",
    "http://a.org/w, http_proxy=http://p:3128, p:3128",
    "http://a.org/w, HTTP_PROXY=http://p:3128, direct",
    "https://a.org/w, all_proxy=http://p:3128, p:3128",
    "https://a.org/w, https_proxy=http://p:3128 no_proxy=b.org, p:3128",
    "https://a.org/w, https_proxy=http://p:3128 no_proxy=a.org, direct",
    "https://x.a.org/w, https_proxy=http://p:3128 no_proxy=.a.org, direct",
    "https://x.a.org/w, https_proxy=http://p:3128 NO_PROXY=a.org:443, direct",
    "https://ba.org/w, https_proxy=http://p:3128 no_proxy=a.org, p:3128",
    "https://a.org/w, https_proxy=http://p:3128 no_proxy=*, direct",
    "http://127.0.0.1/w, http_proxy=http://p:3128, direct",
    "https://a.org/w, x=y, direct"
  })
  void theyAreChosenAsCurlDoes(String address, String environment, String expected) {
    List<Proxy> proxies = proxies(environment).select(URI.create(address));
    assertThat(proxies).hasSize(1);
    String chosen =
        proxies.get(0).address() instanceof InetSocketAddress socket
            ? socket.getHostString() + ":" + socket.getPort()
            : "direct";
    assertThat(chosen).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "https_proxy=http://me:word@p:3128, needs a password",
    "https_proxy=socks5://p:3128, is not an http proxy",
    "https_proxy=http://, is not a valid address"
  })
  void aProxyThatCannotBeUsedIsASentence(String environment, String why) {
    assertThatThrownBy(() -> proxies(environment).select(URI.create("https://a.org/w")))
        .isInstanceOf(UserException.class)
        .hasMessageContainingAll(why, "--weights")
        .hasMessageNotContaining("word@");
  }

  private static EnvironmentProxies proxies(String variables) {
    Map<String, String> environment = new HashMap<>();
    for (String each : variables.split(" ", -1)) {
      int equals = each.indexOf('=');
      environment.put(each.substring(0, equals), each.substring(equals + 1));
    }
    return new EnvironmentProxies(environment);
  }
}
