package io.tas.dbhub.dev.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One try of a probe: httpGet or tcpSocket against the Pod's address. Other kinds fail, and so are
 * seen.
 */
final class ProbeCheck {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  boolean passes(Probe probe, Container container, String podIp) throws InterruptedException {
    Duration timeout = seconds(probe.getTimeoutSeconds(), 1);
    try {
      if (probe.getHttpGet() != null) {
        return answers(probe.getHttpGet(), container, podIp, timeout);
      }
      if (probe.getTcpSocket() != null) {
        String host = probe.getTcpSocket().getHost();
        int port = port(probe.getTcpSocket().getPort(), container);
        try (Socket socket = new Socket()) {
          String address = host == null || host.isEmpty() ? podIp : host;
          socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean answers(HTTPGetAction action, Container container, String podIp, Duration timeout)
      throws IOException, InterruptedException {
    String host = action.getHost() == null || action.getHost().isEmpty() ? podIp : action.getHost();
    String scheme = "HTTPS".equalsIgnoreCase(action.getScheme()) ? "https" : "http";
    String path = action.getPath() == null ? "/" : action.getPath();
    URI uri = URI.create(scheme + "://" + host + ":" + port(action.getPort(), container) + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(timeout).GET();
    action.getHttpHeaders().stream()
        .filter(header -> !header.getName().equalsIgnoreCase("host"))
        .forEach(header -> request.header(header.getName(), header.getValue()));
    int code = http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    return code >= 200 && code < 400;
  }

  static int port(IntOrString port, Container container) {
    Integer number = port.getIntVal();
    if (number != null) {
      return number;
    }
    return container.getPorts().stream()
        .filter(candidate -> port.getStrVal().equals(candidate.getName()))
        .mapToInt(ContainerPort::getContainerPort)
        .findFirst()
        .orElse(0);
  }

  static Duration seconds(@Nullable Integer value, int otherwise) {
    return Duration.ofSeconds(value == null ? otherwise : value);
  }
}
