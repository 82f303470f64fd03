package io.tas.dbhub.cli.batches;

import com.fasterxml.jackson.databind.JsonNode;
import io.tas.dbhub.cli.exit.ExitCode;
import io.tas.dbhub.cli.http.ApiRequest;
import io.tas.dbhub.cli.session.Format;
import io.tas.dbhub.cli.session.Session;
import java.time.Duration;
import java.util.Map;

/** What follows when a batch was checked: its report, and its run where that is wanted. */
final class CheckedBatch {
  /** Every row is looked up before the answer begins. */
  private static final Duration CHECKING = Duration.ofHours(1);

  private final Session session;

  CheckedBatch(Session session) {
    this.session = session;
  }

  /**
   * Has it checked, and run where that is wanted and nothing stands in the way.
   *
   * @param checking makes the batch
   * @return the exit code
   */
  int follow(ApiRequest checking, RunOptions options, Format format) {
    JsonNode batch = session.api().read(checking.within(CHECKING));
    String id = batch.path("id").asText();
    boolean sound = BatchText.count(batch, "invalid") == 0;
    if (!options.run() || (!sound && !options.onlyValid())) {
      BatchReport.print(session.terminal(), batch, format);
      session
          .terminal()
          .note(
              (options.run() ? "Nothing was done: rows break rules. " : "Nothing was done yet. ")
                  + "Run it: dbhubctl batches run "
                  + id
                  + (sound ? "" : " --only-valid"));
      return sound ? ExitCode.OK.code() : ExitCode.USAGE.code();
    }
    session.api().call(run(id, options.onlyValid()));
    return new BatchEnd(session).await(id, format);
  }

  /** Running it twice is running it once. */
  static ApiRequest run(String id, boolean onlyValid) {
    return ApiRequest.post("batches/" + id + "/run")
        .with(onlyValid ? Map.of("only_valid", "true") : Map.of())
        .repeatable();
  }
}
