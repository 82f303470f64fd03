package io.tas.dbhub.activities.dbhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.dbhub.client.Dbhub;
import io.tas.dbhub.dbhub.client.DbhubAnswer;
import io.tas.dbhub.storage.inventory.InventoryUnavailableException;
import io.tas.dbhub.storage.inventory.ServingEndpoint;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DbhubActivitiesTest {
  private static final DatabaseRef DATABASE = new DatabaseRef("id", new Scope("acme", "sales"));
  private static final DbhubAnswer ONE_ROW =
      new DbhubAnswer.Results(
          List.of(new DbhubAnswer.Result(JsonNodeFactory.instance.arrayNode(), 1, false)));

  private final List<ServingEndpoint> served = new ArrayList<>();
  private final Map<String, DbhubAnswer> answers = new HashMap<>();
  private final List<String> asked = new ArrayList<>();
  private final DbhubActivities activities = activities(Duration.ofSeconds(30));

  @Test
  void everyInstanceThatServesItIsAskedWithItsOwnToken() {
    serves("one", ONE_ROW);
    serves("two", ONE_ROW);
    activities.verifyThroughDbhub(DATABASE);
    assertThat(asked)
        .containsExactly(
            "http://one source of one, token of one: SELECT 1",
            "http://two source of two, token of two: SELECT 1");
  }

  @Test
  void whatNothingServesIsVerified() {
    assertThatCode(() -> activities.verifyThroughDbhub(DATABASE)).doesNotThrowAnyException();
    assertThat(asked).isEmpty();
  }

  @Test
  void oneInstanceThatCannotIsEnough() {
    serves("one", ONE_ROW);
    serves("two", new DbhubAnswer.NotOffered());
    ApplicationFailure failure = failure(activities);
    assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.DBHUB_UNAVAILABLE);
    assertThat(failure.getOriginalMessage()).contains("dbhub/two");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AUTH_FAILED        | Authentication failed for source 'x'.             | CONNECTION_FAILED",
        "EXECUTION_ERROR    | password authentication failed for user \"s3cret\" | CONNECTION_FAILED",
        "EXECUTION_ERROR    | database \"s3cret\" does not exist                | CONNECTION_FAILED",
        "EXECUTION_ERROR    | permission denied for database s3cret             | CONNECTION_FAILED",
        "READONLY_VIOLATION | Read-only mode is enabled.                        | CONNECTION_FAILED",
        "SOURCE_UNREACHABLE | Source 's3cret' is unreachable.                   | TARGET_FAILED",
        "EXECUTION_ERROR    | sorry, too many clients already                   | TARGET_FAILED",
        "EXECUTION_ERROR    | Query read timeout                                | TARGET_FAILED"
      })
  void whatTheDatabaseSaysBecomesAKindAndNoText(String code, String text, FailureType type) {
    serves("one", new DbhubAnswer.ToolError(code, text));
    ApplicationFailure failure = failure(activities);
    assertThat(Failures.typeOf(failure)).isEqualTo(type);
    assertThat(failure.isNonRetryable()).isEqualTo(type == FailureType.CONNECTION_FAILED);
    assertThat(failure.getMessage()).doesNotContain("s3cret");
    assertThat(failure).hasNoCause();
  }

  @Test
  void aServerThatDoesNotAnswerRightIsTriedAgain() {
    for (DbhubAnswer answer :
        List.of(
            new DbhubAnswer.Unreachable(),
            new DbhubAnswer.TimedOut(),
            new DbhubAnswer.Rejected(502),
            new DbhubAnswer.Rejected(401),
            new DbhubAnswer.NotUnderstood(),
            new DbhubAnswer.TooLarge())) {
      served.clear();
      serves("one", answer);
      ApplicationFailure failure = failure(activities);
      assertThat(Failures.typeOf(failure))
          .as(answer.toString())
          .isEqualTo(FailureType.DBHUB_UNAVAILABLE);
      assertThat(failure.isNonRetryable()).isFalse();
    }
  }

  @Test
  void nobodyIsAskedWhenTheTimeIsUp() {
    serves("one", ONE_ROW);
    assertThat(Failures.typeOf(failure(activities(Duration.ZERO))))
        .isEqualTo(FailureType.DBHUB_UNAVAILABLE);
    assertThat(asked).isEmpty();
  }

  @Test
  void anInventoryThatIsDownIsSaidToBeDown() {
    DbhubActivities blind =
        new DbhubActivities(
            database -> {
              throw new InventoryUnavailableException(new IllegalStateException("down"));
            },
            instance -> "",
            () -> answering(),
            Duration.ofSeconds(30));
    assertThat(Failures.typeOf(failure(blind))).isEqualTo(FailureType.INVENTORY_UNAVAILABLE);
  }

  private DbhubActivities activities(Duration limit) {
    return new DbhubActivities(
        database -> List.copyOf(served),
        instance -> "token of " + instance.name(),
        this::answering,
        limit);
  }

  private Dbhub answering() {
    return (endpoint, sourceId, token, sql, timeout) -> {
      asked.add(endpoint + " " + sourceId + ", " + token + ": " + sql);
      return answers.getOrDefault(endpoint, new DbhubAnswer.Unreachable());
    };
  }

  private void serves(String instance, DbhubAnswer answer) {
    String endpoint = "http://" + instance;
    answers.put(endpoint, answer);
    served.add(
        new ServingEndpoint(new ResourceRef("dbhub", instance), endpoint, "source of " + instance));
  }

  private static ApplicationFailure failure(DbhubActivities activities) {
    return catchThrowableOfType(
        ApplicationFailure.class, () -> activities.verifyThroughDbhub(DATABASE));
  }
}
