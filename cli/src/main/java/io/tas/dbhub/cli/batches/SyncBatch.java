package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine.Command;

@Command(name = "sync", description = "Reads the schemas of many databases.")
final class SyncBatch extends BatchOverDatabases {
  SyncBatch(Session session) {
    super(session, "sync");
  }
}
