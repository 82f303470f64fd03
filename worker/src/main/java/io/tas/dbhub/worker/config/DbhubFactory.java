package io.tas.dbhub.worker.config;

import io.tas.dbhub.activities.jdbc.net.WrittenHosts;
import io.tas.dbhub.activities.kubernetes.instance.InstanceSettings;
import io.tas.dbhub.activities.kubernetes.instance.SqliteVolume;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.util.Optional;

/** How DBHub servers are run. */
public final class DbhubFactory {
  /** Used where a DBHubInstance names no image. */
  @NotEmpty public String image = InstanceSettings.PINNED_IMAGE;

  /** Where the directory with SQLite files is on the node and in the pod; empty: no SQLite. */
  @NotNull public String sqliteHostPath = "";

  @NotNull public String sqliteMountPath = "";

  /** See {@link InstanceSettings#externalEndpoints}. */
  public boolean externalEndpoints;

  /**
   * @param hosts that no server may be sent to
   */
  public InstanceSettings settings(WrittenHosts hosts) {
    return new InstanceSettings(image, sqlite(), externalEndpoints, hosts);
  }

  private Optional<SqliteVolume> sqlite() {
    return sqliteHostPath.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new SqliteVolume(
                Path.of(sqliteMountPath.isEmpty() ? sqliteHostPath : sqliteMountPath),
                Path.of(sqliteHostPath)));
  }
}
