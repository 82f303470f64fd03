package io.tas.dbhub.storage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.bucket4j.BucketConfiguration;
import io.tas.dbhub.core.model.Scope;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The time limit is there so that a test cannot hang; it is far above what is expected. */
@Timeout(120)
class JournalOutageTest {
  @TempDir private Path directory;

  @Test
  void nobodyListeningIsUnavailable() throws IOException {
    String closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = url(socket);
    }
    assertUnavailable(closed);
  }

  @Test
  void aServerThatNeverAnswersIsUnavailable() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      assertUnavailable(url(socket));
      try (Journal journal = Journal.open(url(socket), "ada", "s3cret");
          RateBuckets buckets = journal.rateBuckets(Duration.ofMillis(100)).orElseThrow()) {
        BucketConfiguration fresh =
            BucketConfiguration.builder()
                .addLimit(limit -> limit.capacity(1).refillIntervally(1, Duration.ofHours(1)))
                .build();
        assertThatThrownBy(() -> buckets.take("ada", fresh))
            .isInstanceOf(JournalUnavailableException.class)
            .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cret"));
      }
    }
  }

  @Test
  void aFileThatCannotBeIsUnavailableUntilItCan() throws IOException {
    Path folder = directory.resolve("folder");
    Files.writeString(folder, "in the way");
    try (Journal journal = Journal.open("jdbc:sqlite:" + folder.resolve("j.db"), "", "")) {
      assertThatThrownBy(journal::migrate).isInstanceOf(JournalUnavailableException.class);
      assertThatThrownBy(journal::ping).isInstanceOf(JournalUnavailableException.class);

      Files.delete(folder);
      journal.migrate();
      journal.ping();
    }
  }

  @Test
  void aUrlOfAnotherKindOrWithAPasswordIsRefusedWithoutRepeatingIt() {
    for (String url :
        List.of(
            "jdbc:mysql://db/journal?password=s3cret",
            "jdbc:postgresql://db/journal?user=ada&password=s3cret",
            "jdbc:postgresql:%%%s3cret",
            "s3cret")) {
      assertThatThrownBy(() -> Journal.open(url, "ada", ""))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cret"));
    }
  }

  private static void assertUnavailable(String url) {
    try (Journal journal = Journal.open(url, "ada", "s3cret")) {
      for (Runnable call :
          List.<Runnable>of(
              journal::ping,
              journal::migrate,
              () -> journal.list(AuditQuery.of("tenant", 1)),
              () -> journal.queries().storesText("tenant"),
              () ->
                  journal.append(
                      List.of(
                          JournalRules.entry(
                              new Scope("tenant", "space"), "ada", "x", Instant.EPOCH))))) {
        assertThatThrownBy(call::run)
            .isInstanceOf(JournalUnavailableException.class)
            .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("s3cret"));
      }
    }
  }

  private static String stackTrace(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String url(ServerSocket socket) {
    return "jdbc:postgresql://127.0.0.1:" + socket.getLocalPort() + "/journal";
  }
}
