package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine.Command;

@Command(
    name = "pause",
    description = "Lets no other row begin; those that were begun come to their end.")
final class PauseBatch extends BatchAction {
  PauseBatch(Session session) {
    super(session, "pause");
  }
}
