package io.tas.dbhub.activities.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.jdbc.ErrorTranslator.Progress;
import io.tas.dbhub.core.health.ErrorKind;
import io.tas.dbhub.core.model.DatabaseType;
import io.tas.dbhub.core.model.SslMode;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ErrorTranslatorTest {
  private final Logger logger = Logger.getLogger(ErrorTranslator.class.getName());
  private final List<LogRecord> logged = new ArrayList<>();
  private final Handler keeping =
      new Handler() {
        @Override
        public void publish(LogRecord line) {
          logged.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @BeforeEach
  void listen() {
    logger.addHandler(keeping);
  }

  @AfterEach
  void stopListening() {
    logger.removeHandler(keeping);
  }

  @Test
  void whatMayBeABugOfOursIsLoggedByItsClassAloneAndBlamesNobody() {
    Throwable thrown = new IllegalStateException("s3cret", new ArithmeticException("s3cret"));

    Problem problem =
        new ErrorTranslator(DatabaseType.MYSQL).translate(thrown, Progress.unencrypted());

    assertThat(problem).isEqualTo(Problem.UNFORESEEN);
    assertThat(problem.of(Targets.at(DatabaseType.MYSQL, 1, SslMode.DISABLE)).kind())
        .isEqualTo(ErrorKind.UNKNOWN);
    assertThat(logged)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.WARNING);
              assertThat(line.getParameters()).containsExactly("java.lang.ArithmeticException");
              assertThat(line.getThrown()).isNull();
            });
  }

  @Test
  void anAnswerLargerThanTheMemoryIsOfAnotherProtocol() {
    Problem problem =
        new ErrorTranslator(DatabaseType.MYSQL)
            .translate(new OutOfMemoryError("s3cret"), Progress.unencrypted());

    assertThat(problem).isEqualTo(Problem.NOT_THE_ENGINE);
    assertThat(logged).isEmpty();
  }
}
