package io.tas.dbhub.gate;

import io.tas.dbhub.core.model.DatabaseType;
import java.util.List;

/**
 * How a server reads quotes, which some decide by a setting that a statement's text does not show:
 * MySQL by {@code NO_BACKSLASH_ESCAPES} and {@code ANSI_QUOTES}, PostgreSQL by {@code
 * standard_conforming_strings}.
 *
 * @param backslashes whether a backslash escapes a quote in {@code '…'}
 * @param names whether {@code "…"} is a name and a backslash nothing special in it
 */
record Reading(boolean backslashes, boolean names) {

  /** As the server reads unless somebody changed a setting. */
  static Reading usual(DatabaseType type) {
    return switch (type) {
      case MYSQL, MARIADB -> new Reading(true, false);
      case POSTGRES, SQLITE, SQLSERVER -> new Reading(false, true);
    };
  }

  /** The others that can take the text apart differently; none where no backslash is in it. */
  static List<Reading> others(DatabaseType type, String sql) {
    if (sql.indexOf('\\') < 0) {
      return List.of();
    }
    return switch (type) {
      case MYSQL, MARIADB -> List.of(new Reading(true, true), new Reading(false, true));
      case POSTGRES -> List.of(new Reading(true, true));
      case SQLITE, SQLSERVER -> List.of();
    };
  }
}
