package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.repair.RepairReport;
import java.util.List;

/**
 * A database with what its repair has put back.
 *
 * @param putBack empty when nothing was missing
 */
@Schema(name = "RepairedDatabase")
public record RepairedDatabaseView(
    @JsonUnwrapped DatabaseView repaired, @Schema(example = "[\"Secret\"]") List<String> putBack) {
  static RepairedDatabaseView of(RepairReport report) {
    return new RepairedDatabaseView(DatabaseView.of(report.database()), report.putBack());
  }
}
