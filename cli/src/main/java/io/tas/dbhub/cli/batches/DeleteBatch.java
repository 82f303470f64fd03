package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine.Command;

@Command(
    name = "delete",
    description = "Takes the connections of many databases away; the databases themselves stay.")
final class DeleteBatch extends BatchOverDatabases {
  DeleteBatch(Session session) {
    super(session, "delete");
  }
}
