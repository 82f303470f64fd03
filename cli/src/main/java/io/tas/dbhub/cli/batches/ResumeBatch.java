package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine.Command;

@Command(name = "resume", description = "Lets rows begin again.")
final class ResumeBatch extends BatchAction {
  ResumeBatch(Session session) {
    super(session, "resume");
  }
}
