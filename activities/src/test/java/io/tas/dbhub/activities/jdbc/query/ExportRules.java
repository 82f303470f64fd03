package io.tas.dbhub.activities.jdbc.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tas.dbhub.core.query.QueryOrder;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Of answers that are taken as they come, from a server that can be asked what it runs. */
abstract class ExportRules {
  static final int MANY = 1_000_000_000;
  private static final long PATIENT = 20_000;
  private static final long LONG = 120_000;

  abstract Asking exports();

  /** A statement with so many rows of a number and 200 characters, in a column of that name. */
  abstract String rowsAs(int count, String name);

  /** One that nobody takes to its end. */
  abstract String endless(String name);

  /** Returns when the server neither runs it nor waits for its reader. */
  abstract void awaitGoneWhatever(String word);

  /** The reader goes on when the statement, and the server's own limit, would be over long ago. */
  @Test
  void anExportMayBeTakenForLongerThanItsStatementMayTake() throws Exception {
    long longer = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    TakingSink sink = new TakingSink(() -> await().until(() -> System.nanoTime() - longer > 0));

    run(Asking.export(true, MANY, 3_000, LONG, rowsAs(200_000, "slow")), sink);

    assertThat(sink.failure).isEmpty();
    assertThat(sink.end.rows()).isEqualTo(200_000);
    assertThat(sink.end.truncated()).isNull();
  }

  @Test
  void anExportThatIsTakenForTooLongIsGoneFromTheServerWhileItsReaderStillPauses()
      throws Exception {
    TakingSink sink = new TakingSink(() -> awaitGoneWhatever("too_long"));

    run(Asking.export(true, MANY, PATIENT, 300, endless("too_long")), sink);

    assertThat(sink.failure).startsWith("timeout: The rows were not taken in the time");
    assertThat(sink.end.rows()).isEqualTo(-1);
  }

  @Test
  void aCancelledExportIsGoneFromTheServerWhileItsReaderStillPauses() throws Exception {
    QueryOrder order = Asking.export(true, MANY, PATIENT, LONG, endless("ended"));
    TakingSink sink =
        new TakingSink(
            () -> {
              assertThat(exports().runner().cancel(order.queryId(), Asking.ALICE)).isTrue();
              awaitGoneWhatever("ended");
            });

    run(order, sink);

    assertThat(sink.failure).startsWith("cancelled");
  }

  @Test
  void anExportThatNobodyTakesIsGoneFromTheServer() {
    QueryOrder order = Asking.export(true, MANY, PATIENT, LONG, endless("left_alone"));
    TakingSink sink =
        new TakingSink(
            () -> {
              throw new IOException("the reader has left");
            });

    assertThatThrownBy(() -> run(order, sink)).isInstanceOf(IOException.class);

    awaitGoneWhatever("left_alone");
  }

  private void run(QueryOrder order, TakingSink sink) throws IOException {
    exports().runner().run(order, sink);
  }
}
