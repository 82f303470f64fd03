package io.tas.dbhub.cli.databases;

import io.tas.dbhub.cli.exit.CommandFailure;
import io.tas.dbhub.cli.http.ApiClient;
import io.tas.dbhub.cli.http.ApiRequest;
import java.time.Duration;

/** Ends the query in its database when somebody stops the command (Ctrl-C) before the answer. */
final class CancelWhenStopped implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final Thread cancel;

  /**
   * @param queryId that the query was sent with
   */
  CancelWhenStopped(ApiClient api, String queryId) {
    this.cancel = new Thread(() -> cancel(api, queryId));
    Runtime.getRuntime().addShutdownHook(cancel);
  }

  private static void cancel(ApiClient api, String queryId) {
    try {
      api.send(ApiRequest.delete("queries/" + queryId).within(LIMIT));
    } catch (CommandFailure e) {
      // The query's own time limit ends it: nobody is left to be told.
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(cancel);
    } catch (IllegalStateException e) {
      // It is being stopped: the hook is what runs now.
    }
  }
}
