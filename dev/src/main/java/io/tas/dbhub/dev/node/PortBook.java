package io.tas.dbhub.dev.node;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which Service has which loopback port: fixed by the caller, or free at first and then remembered.
 */
final class PortBook {

  private static final Logger LOG = LoggerFactory.getLogger(PortBook.class);
  private static final int BACKLOG = 256;

  private final Path file;
  private final Map<String, Integer> fixed;
  private final Properties remembered = new Properties();

  PortBook(Path file, Map<String, Integer> fixed) {
    this.file = file;
    this.fixed = Map.copyOf(fixed);
    if (Files.exists(file)) {
      try (Reader reader = Files.newBufferedReader(file)) {
        remembered.load(reader);
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot read " + file, e);
      }
    }
  }

  /**
   * A listening socket for the Service.
   *
   * @throws IOException when its fixed port is taken
   */
  synchronized ServerSocket open(String service) throws IOException {
    Integer wanted = fixed.get(service);
    if (wanted != null) {
      return listen(wanted);
    }
    String before = remembered.getProperty(service);
    if (before != null) {
      try {
        return listen(Integer.parseInt(before));
      } catch (IOException e) {
        LOG.warn("Port {} of Service {} is taken; it gets another one", before, service);
      }
    }
    ServerSocket socket = listen(0);
    remembered.setProperty(service, Integer.toString(socket.getLocalPort()));
    StringWriter text = new StringWriter();
    remembered.store(text, "the loopback ports of Services");
    PrivateFiles.write(file, text.toString().getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static ServerSocket listen(int port) throws IOException {
    try {
      return new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IOException("port " + port + " is taken", e);
    }
  }
}
