package io.tas.dbhub.api.export;

import com.fasterxml.jackson.core.JsonParser;
import io.tas.dbhub.api.errors.ProblemException;
import io.tas.dbhub.api.limits.RateLimit;
import io.tas.dbhub.api.query.AnswerSink;
import io.tas.dbhub.api.query.Cells;
import io.tas.dbhub.api.query.QueryCall;
import io.tas.dbhub.api.query.QueryExecutor;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.query.ResultColumn;
import io.tas.dbhub.core.query.ResultEnd;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A query whose answer goes into a file while it comes. The query runs on a thread of its own and
 * waits where the file is not taken: until its first columns are there it can still be answered
 * with a problem, and after that the transfer breaks off where it fails.
 */
final class ExportStream implements AnswerSink {
  private static final int HELD = 64 * 1024;

  private final PipedInputStream taken = new PipedInputStream(HELD);
  private final OutputStream out;
  private final ExportFile file;
  private final CompletableFuture<Begun> begun = new CompletableFuture<>();
  private volatile boolean whole;
  private @Nullable Begun allowed;

  /**
   * What is known before the first row.
   *
   * @param database that is asked
   * @param left what the asker has left
   */
  record Begun(Database database, RateLimit left) {}

  ExportStream(ExportFormat format) throws IOException {
    this.out = new BufferedOutputStream(new PipedOutputStream(taken), HELD / 4);
    this.file = format.to(out);
  }

  /**
   * Answers when the file begins.
   *
   * @throws ProblemException that of the query, which failed before
   */
  Begun begin(QueryExecutor queries, QueryCall call, Executor threads) throws InterruptedException {
    threads.execute(() -> run(queries, call));
    try {
      return begun.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      throw new ProblemException(FailureType.WORKER_UNAVAILABLE, "The worker broke off.");
    }
  }

  private void run(QueryExecutor queries, QueryCall call) {
    try (OutputStream closing = out) {
      queries.execute(call, this);
      file.finish();
      closing.flush();
      whole = true;
    } catch (IOException | RuntimeException e) {
      // Before the file began this is the answer. Afterwards nobody waits for it any more.
      begun.completeExceptionally(e);
    }
  }

  /**
   * Copies the file as it comes.
   *
   * @throws IOException where it ends before its end
   */
  void copyTo(OutputStream target) throws IOException {
    try (InputStream source = taken) {
      source.transferTo(target);
    }
    if (!whole) {
      throw new IOException("the query failed after its answer had begun");
    }
  }

  @Override
  public void begins(Database database, RateLimit left) {
    allowed = new Begun(database, left);
  }

  @Override
  public void columns(List<ResultColumn> columns) throws IOException {
    file.header(Cells.keys(columns.stream().map(ResultColumn::name).toList()));
    begun.complete(java.util.Objects.requireNonNull(allowed));
  }

  @Override
  public void row(JsonParser values) throws IOException {
    file.row(values);
  }

  @Override
  public void end(ResultEnd end) {
    // One statement has one result; what is cut off is told by the history.
  }
}
