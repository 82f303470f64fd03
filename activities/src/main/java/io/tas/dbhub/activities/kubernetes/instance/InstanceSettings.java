package io.tas.dbhub.activities.kubernetes.instance;

import io.tas.dbhub.activities.jdbc.net.WrittenHosts;
import java.util.Optional;

/**
 * What holds for every instance.
 *
 * @param image where the DBHubInstance names none
 * @param sqlite empty: databases that are files are not served
 * @param externalEndpoints whether the address that a Service is annotated with is where clients
 *     reach its DBHub. They send it the instance's token, so who may annotate a Service gets it
 * @param hosts that a DBHub must not be sent to either, for users choose them
 */
public record InstanceSettings(
    String image, Optional<SqliteVolume> sqlite, boolean externalEndpoints, WrittenHosts hosts) {
  /** The version that the rendering was tested with. */
  public static final String PINNED_IMAGE = "bytebase/dbhub:1.4.0";
}
