package io.tas.dbhub.activities.jdbc.net;

/**
 * A host, by name or address, and a port.
 *
 * @param port 1 to 65535
 */
public record Endpoint(String host, int port) {
  /**
   * Reads {@code host:port}, an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException when the text is not one
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException("not host:port: " + text);
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      if (port >= 1 && port <= 65535) {
        return new Endpoint(host, port);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new IllegalArgumentException("not host:port: " + text);
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
