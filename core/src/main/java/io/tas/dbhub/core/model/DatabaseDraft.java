package io.tas.dbhub.core.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection as somebody described it, unchecked: null is a field that was not sent. {@link
 * DatabaseRules} turns it into one that can be made.
 *
 * <p>It holds credentials in clear, so it is never logged, stored or put into a history.
 */
public record DatabaseDraft(
    @Nullable String name,
    @Nullable String type,
    @Nullable String host,
    @Nullable Integer port,
    @Nullable String database,
    @Nullable String username,
    @Nullable String password,
    @Nullable String connectionString,
    @Nullable String sslMode,
    @Nullable Boolean readOnly,
    @Nullable Integer maxRows,
    @Nullable Integer connectionTimeout,
    @Nullable Integer queryTimeout,
    @Nullable Map<String, String> labels,
    @Nullable String description,
    @Nullable String color,
    @Nullable Boolean active) {

  /** The same with the parts of its connection string in the fields that were not sent. */
  DatabaseDraft with(ConnectionStrings.Parts parts) {
    return new DatabaseDraft(
        name,
        type == null ? parts.type().wireName() : type,
        host == null ? parts.host() : host,
        port == null ? parts.port() : port,
        database == null ? parts.database() : database,
        username == null ? parts.username() : username,
        password == null ? parts.password() : password,
        null,
        sslMode == null ? parts.sslMode() : sslMode,
        readOnly,
        maxRows,
        connectionTimeout == null ? parts.connectionTimeout() : connectionTimeout,
        queryTimeout,
        labels,
        description,
        color,
        active);
  }

  /** The same with what exists in the fields that were not sent, but for the credentials. */
  DatabaseDraft over(DatabaseDefinition existing, boolean keepPort) {
    Target target = existing.target();
    return new DatabaseDraft(
        name == null ? existing.name() : name,
        type == null || type.isEmpty() ? target.type().wireName() : type,
        host == null ? target.host() : host,
        port == null && keepPort ? Integer.valueOf(target.port()) : port,
        database == null ? target.database() : database,
        username,
        password,
        null,
        sslMode == null || sslMode.isEmpty() ? target.sslMode().wireName() : sslMode,
        readOnly == null ? Boolean.valueOf(existing.policy().readOnly()) : readOnly,
        maxRows == null ? Integer.valueOf(existing.policy().maxRows()) : maxRows,
        connectionTimeout == null
            ? Integer.valueOf(target.connectionTimeoutSeconds())
            : connectionTimeout,
        queryTimeout == null ? Integer.valueOf(target.queryTimeoutSeconds()) : queryTimeout,
        labels == null ? existing.labels() : labels,
        description == null ? existing.description() : description,
        color == null ? existing.color() : color,
        active == null ? Boolean.valueOf(existing.active()) : active);
  }

  /** The definition with credentials that break no rule, in place of those that nobody shows. */
  static DatabaseDraft ofManifest(DatabaseDefinition said) {
    Target target = said.target();
    @Nullable String anything = target.type().networked() ? "-" : null;
    return new DatabaseDraft(
        said.name(),
        target.type().wireName(),
        target.host(),
        target.port(),
        target.database(),
        anything,
        anything,
        null,
        target.sslMode().wireName(),
        said.policy().readOnly(),
        said.policy().maxRows(),
        target.connectionTimeoutSeconds(),
        target.queryTimeoutSeconds(),
        said.labels(),
        said.description(),
        said.color(),
        said.active());
  }

  static DatabaseDraft ofCredentials(@Nullable String username, @Nullable String password) {
    return new DatabaseDraft(
        null, null, null, null, null, username, password, null, null, null, null, null, null, null,
        null, null, null);
  }

  @Override
  public String toString() {
    return "DatabaseDraft[hidden]";
  }
}
