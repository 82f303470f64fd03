package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.OutputOption;
import io.tas.dbhub.cli.session.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Does one thing to databases that are there. */
abstract class BatchOverDatabases implements Callable<Integer> {
  private final Session session;
  private final String kind;

  @Mixin private TargetOptions target = new TargetOptions();
  @Mixin private RunOptions options = new RunOptions();
  @Mixin private OutputOption output = new OutputOption();

  BatchOverDatabases(Session session, String kind) {
    this.session = session;
    this.kind = kind;
  }

  /** Adds what only this kind says. */
  void putInto(ObjectNode body) {}

  @Override
  public final Integer call() {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("kind", kind);
    target.putInto(session, body);
    putInto(body);
    options.putInto(body);
    return new CheckedBatch(session)
        .follow(ApiRequest.post("batches", body), options, output.format());
  }
}
