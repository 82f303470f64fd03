package io.tas.dbhub.cli.config;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * A server and who asks it, as the configuration file keeps them under a name.
 *
 * @param url of the server
 * @param token null after a logout
 * @param space null for the token's only one
 * @param caFile whom to believe; null for whom the system believes
 * @param insecureHttp whether somebody said that the token may travel in clear
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StoredContext(
    String url,
    @Nullable String token,
    @Nullable String space,
    @Nullable String caFile,
    boolean insecureHttp) {
  /** Without what only who logs in knows. */
  public StoredContext loggedOut() {
    return new StoredContext(url, null, space, caFile, insecureHttp);
  }

  /** Records tell all they hold; this one holds a token. */
  @Override
  public String toString() {
    return "StoredContext[" + url + "]";
  }
}
