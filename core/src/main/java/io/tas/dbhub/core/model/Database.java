package io.tas.dbhub.core.model;

import io.tas.dbhub.core.access.Grants;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A connection that exists: what the inventory holds and REST answers.
 *
 * @param secret where the credentials are; the only place they are
 * @param resource the Database resource
 * @param statusMessage empty, or why it is not Connected; never holds a credential
 * @param lastChecked null before the first probe
 * @param revision counts the changes of the definition; the ETag
 * @param origin who says what it is
 * @param grants who may do what with it
 * @param login what its login may do, as last found out; null before
 */
public record Database(
    DatabaseDefinition definition,
    ResourceRef secret,
    ResourceRef resource,
    DatabaseStatus status,
    String statusMessage,
    @Nullable Instant lastChecked,
    Instant createdAt,
    Instant updatedAt,
    long revision,
    Origin origin,
    Grants grants,
    @Nullable LoginRights login) {
  public Database {
    // Absent in what was written before there were others.
    origin = origin == null ? Origin.REST : origin;
    grants = grants == null ? Grants.byDefault() : grants;
  }

  /** One whose login nobody looked at. */
  public Database(
      DatabaseDefinition definition,
      ResourceRef secret,
      ResourceRef resource,
      DatabaseStatus status,
      String statusMessage,
      @Nullable Instant lastChecked,
      Instant createdAt,
      Instant updatedAt,
      long revision,
      Origin origin,
      Grants grants) {
    this(
        definition,
        secret,
        resource,
        status,
        statusMessage,
        lastChecked,
        createdAt,
        updatedAt,
        revision,
        origin,
        grants,
        null);
  }

  /** One made through REST, whose grants nobody has changed. */
  public Database(
      DatabaseDefinition definition,
      ResourceRef secret,
      ResourceRef resource,
      DatabaseStatus status,
      String statusMessage,
      @Nullable Instant lastChecked,
      Instant createdAt,
      Instant updatedAt,
      long revision) {
    this(
        definition,
        secret,
        resource,
        status,
        statusMessage,
        lastChecked,
        createdAt,
        updatedAt,
        revision,
        Origin.REST,
        Grants.byDefault(),
        null);
  }

  /** The same with others. */
  public Database withGrants(Grants others) {
    return new Database(
        definition,
        secret,
        resource,
        status,
        statusMessage,
        lastChecked,
        createdAt,
        updatedAt,
        revision,
        origin,
        others,
        login);
  }

  public String id() {
    return definition.id();
  }
}
