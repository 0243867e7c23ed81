package io.reverie.jobs.network;

import io.reverie.jobs.error.UserException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies of the environment, as in curl: {@code https_proxy}, {@code http_proxy}, {@code
 * all_proxy} and {@code no_proxy}, in lower or upper case; where none is set, Java's own setting.
 */
final class EnvironmentProxies extends ProxySelector {

  private static final int USUAL_PORT = 1080;

  private final Map<String, String> environment;

  EnvironmentProxies(Map<String, String> environment) {
    this.environment = Map.copyOf(environment);
  }

  @Override
  public List<Proxy> select(URI address) {
    String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
    Optional<String> proxy =
        variable(address.getScheme() + "_proxy").or(() -> variable("all_proxy"));
    if (Download.isLocal(address) || (proxy.isPresent() && isExcepted(host))) {
      return List.of(Proxy.NO_PROXY);
    }
    if (proxy.isEmpty()) {
      ProxySelector usual = ProxySelector.getDefault();
      return usual == null ? List.of(Proxy.NO_PROXY) : usual.select(address);
    }
    return List.of(new Proxy(Proxy.Type.HTTP, socket(proxy.get())));
  }

  private Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name))
        // A web server sets HTTP_PROXY from a header of its client's, so curl ignores it, too.
        .or(
            () ->
                name.equals("http_proxy")
                    ? Optional.empty()
                    : Optional.ofNullable(environment.get(name.toUpperCase(Locale.ROOT))))
        .filter(value -> !value.isBlank());
  }

  /** Returns whether a host is one of {@code no_proxy}, or below one of its domains. */
  private boolean isExcepted(String host) {
    for (String each :
        variable("no_proxy").orElse("").toLowerCase(Locale.ROOT).split("[,\\s]+", -1)) {
      String domain = each.replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", "");
      if (each.equals("*")
          || (!domain.isEmpty() && (host.equals(domain) || host.endsWith("." + domain)))) {
        return true;
      }
    }
    return false;
  }

  private static InetSocketAddress socket(String proxy) {
    URI address;
    try {
      address = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
    } catch (IllegalArgumentException e) {
      throw unusable("is not a valid address", e);
    }
    if (address.getHost() == null) {
      throw unusable("is not a valid address", null);
    }
    if (address.getUserInfo() != null) {
      throw unusable("needs a password, which Reverie does not send", null);
    }
    if (!"http".equals(address.getScheme())) {
      throw unusable("is not an http proxy", null);
    }
    return new InetSocketAddress(
        address.getHost(), address.getPort() < 0 ? USUAL_PORT : address.getPort());
  }

  private static UserException unusable(String why, @Nullable Throwable e) {
    String sentence =
        "the proxy of the environment (https_proxy, http_proxy or all_proxy) %s; correct it, or download the file yourself and name it with --weights"
            .formatted(why);
    return e == null ? UserException.environment(sentence) : UserException.environment(sentence, e);
  }

  @Override
  public void connectFailed(URI address, SocketAddress proxy, IOException e) {
    // The client reports it.
  }
}
