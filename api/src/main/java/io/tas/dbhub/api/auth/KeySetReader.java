package io.tas.dbhub.api.auth;

import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.Resource;
import com.nimbusds.jose.util.ResourceRetriever;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a key set from a file or over HTTP, with limits. */
final class KeySetReader implements ResourceRetriever {
  private static final int TIMEOUT_MILLIS = 2_000;
  private static final int MAX_BYTES = 256 * 1024;

  private final ResourceRetriever http =
      new DefaultResourceRetriever(TIMEOUT_MILLIS, TIMEOUT_MILLIS, MAX_BYTES);

  /**
   * @param where a URL, or the path of a file
   */
  static URI locate(String where) {
    return where.matches("[A-Za-z][A-Za-z0-9+.-]*:.*")
        ? URI.create(where)
        : Path.of(where).toAbsolutePath().toUri();
  }

  @Override
  public Resource retrieveResource(URL url) throws IOException {
    if (!"file".equals(url.getProtocol())) {
      return http.retrieveResource(url);
    }
    try {
      return new Resource(Files.readString(Path.of(url.toURI())), "application/json");
    } catch (URISyntaxException e) {
      throw new IOException("the key set's address is no file", e);
    }
  }
}
