package io.tas.dbhub.api.databases;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.swagger.v3.oas.annotations.media.Schema;
import io.tas.dbhub.core.health.CheckResult;
import io.tas.dbhub.core.health.Diagnosis;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.LoginRights;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database with what a check of it has just found. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "CheckedDatabase")
public record CheckedDatabaseView(
    @JsonUnwrapped DatabaseView checked,
    boolean reachable,
    List<DiagnosisView.StepView> steps,
    @Nullable String serverVersion,
    @Nullable Long tables,
    @Nullable Boolean readOnlyRole) {
  /**
   * @param database as it was before or after the check
   */
  static CheckedDatabaseView of(Database database, CheckResult check) {
    Diagnosis diagnosis = check.diagnosis();
    Database now =
        new Database(
            database.definition(),
            database.secret(),
            database.resource(),
            check.status(),
            check.message(),
            database.lastChecked(),
            database.createdAt(),
            database.updatedAt(),
            database.revision(),
            database.origin(),
            database.grants(),
            login(database, diagnosis));
    if (diagnosis == null) {
      return new CheckedDatabaseView(DatabaseView.of(now), false, List.of(), null, null, null);
    }
    return new CheckedDatabaseView(
        DatabaseView.of(now),
        diagnosis.reachable(),
        DiagnosisView.steps(diagnosis),
        diagnosis.serverVersion(),
        diagnosis.tables(),
        diagnosis.readOnlyRole());
  }

  private static @Nullable LoginRights login(Database database, @Nullable Diagnosis diagnosis) {
    Boolean readOnly = diagnosis == null ? null : diagnosis.readOnlyRole();
    if (readOnly == null) {
      return database.login();
    }
    return readOnly ? LoginRights.READ_ONLY : LoginRights.MAY_WRITE;
  }
}
