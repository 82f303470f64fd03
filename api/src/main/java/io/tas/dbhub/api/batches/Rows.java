package io.tas.dbhub.api.batches;

import io.tas.dbhub.core.batch.RowState;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.Target;
import io.tas.dbhub.core.model.Texts;
import io.tas.dbhub.core.model.Violation;
import io.tas.dbhub.core.sealing.SealedCredentials;
import io.tas.dbhub.storage.journal.NewRow;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Puts rows together. */
final class Rows {
  private static final int LONGEST_NAME = 255;

  private Rows() {}

  /** Empty for a file. */
  static String host(Target target) {
    return target.type().networked() ? target.host().toLowerCase(Locale.ROOT) : "";
  }

  /** A name as it can be shown; nothing of one that cannot. */
  static String shown(@Nullable String name) {
    String canonical = name == null ? "" : Texts.canonical(name);
    return Texts.length(canonical) <= LONGEST_NAME && Texts.printable(canonical) ? canonical : "";
  }

  static NewRow invalid(long number, long line, String name, List<Violation> violations) {
    return new NewRow(number, line, name, "", null, null, null, RowState.INVALID, violations);
  }

  /** One about a database that is there. */
  static NewRow about(
      long number,
      long line,
      Database database,
      @Nullable SealedCredentials sealed,
      RowState state,
      List<Violation> violations) {
    return new NewRow(
        number,
        line,
        database.definition().name(),
        host(database.definition().target()),
        database.id(),
        null,
        sealed,
        state,
        violations);
  }

  /** The same with what is wrong with it. */
  static NewRow refused(NewRow row, String field, String message) {
    return invalid(row.number(), row.line(), row.name(), List.of(new Violation(field, message)));
  }
}
