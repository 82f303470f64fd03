package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine.Command;

@Command(name = "cancel", description = "Ends a batch; what is done stays done.")
final class CancelBatch extends BatchAction {
  CancelBatch(Session session) {
    super(session, "cancel");
  }
}
