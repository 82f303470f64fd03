package io.tas.dbhub.cli.config;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.exit.ExitCode;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the server is.
 *
 * @param text without the API's path and a slash at the end: what is shown and stored
 */
public record ServerUrl(String text) {
  private static final String API = "/api/v1";
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]|\\[0:0:0:0:0:0:0:1]");

  /**
   * With or without the API's path.
   *
   * @throws CommandFailure USAGE for what is no such URL
   */
  public static ServerUrl parse(String given) {
    URI uri;
    try {
      uri = new URI(given.strip());
    } catch (URISyntaxException e) {
      throw invalid("It cannot be read as one.");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw invalid("It begins with https:// (or http:// on this machine).");
    }
    if (uri.getHost() == null) {
      throw invalid("It names no host.");
    }
    if (uri.getRawUserInfo() != null) {
      throw invalid("Credentials do not belong in it: log in with a token.");
    }
    if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw invalid("It ends with the host, the port or a path.");
    }
    String path = uri.normalize().getRawPath().replaceAll("/+$", "");
    if (path.endsWith(API)) {
      path = path.substring(0, path.length() - API.length()).replaceAll("/+$", "");
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    return new ServerUrl(scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port + path);
  }

  /** Of the API, without a slash at the end. */
  public String api() {
    return text + API;
  }

  /** Whether what is sent can be read on its way. */
  public boolean readableOnItsWay() {
    URI uri = URI.create(text);
    return uri.getScheme().equals("http") && !LOOPBACK.matcher(uri.getHost()).matches();
  }

  private static CommandFailure invalid(String why) {
    return new CommandFailure(
        ExitCode.USAGE,
        "The server's URL is not valid. " + why,
        "Such as https://dbhub.example.com or http://127.0.0.1:8080");
  }
}
