package io.tas.dbhub.cli.batches;

import io.tas.dbhub.cli.session.Session;
import picocli.CommandLine.Command;

@Command(name = "test", description = "Tries the connections of many databases.")
final class TestBatch extends BatchOverDatabases {
  TestBatch(Session session) {
    super(session, "test");
  }
}
