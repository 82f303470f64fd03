package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.tas.dbhub.core.names.Reasons;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DatabaseStoryTest {
  private static final String DSN = "postgres://db:5432/orders";

  @Test
  void theFirstConnectionIsTold() {
    assertThat(story(List.of(), ready("True", Reasons.CONNECTED, "")))
        .containsExactly(ObjectEvent.normal("Connected", "Connected to " + DSN + "."));
  }

  @Test
  void theSameFindingAgainIsNoNewsInWhateverWords() {
    assertThat(
            story(
                List.of(ready("False", "Timeout", "after 3 s")),
                ready("False", "Timeout", "after 4 s")))
        .isEmpty();
  }

  @Test
  void aFailureIsAWarningWithTheWordsOfTheStatus() {
    assertThat(
            story(
                List.of(ready("True", Reasons.CONNECTED, "")),
                ready("False", "AuthenticationFailed", "The login is refused.")))
        .containsExactly(ObjectEvent.warning("AuthenticationFailed", "The login is refused."));
  }

  @Test
  void aFailureAfterAnUncertainTimeWithTheSameReasonIsTold() {
    assertThat(
            story(List.of(ready("True", "Timeout", "once")), ready("False", "Timeout", "thrice")))
        .containsExactly(ObjectEvent.warning("Timeout", "thrice"));
  }

  @Test
  void whatWorksAgainHasRecovered() {
    assertThat(
            story(
                List.of(ready("False", "Timeout", "no answer")),
                ready("True", Reasons.CONNECTED, "")))
        .containsExactly(ObjectEvent.normal("Recovered", "Connected again to " + DSN + "."));
  }

  @Test
  void credentialsThatAppearAreToldWhetherTheyWorkOrNot() {
    Condition missing = ready("False", Reasons.SECRET_NOT_FOUND, "no Secret");

    assertThat(story(List.of(missing), ready("True", Reasons.CONNECTED, "")))
        .extracting(ObjectEvent::reason)
        .containsExactly("CredentialsFound", "Recovered");
    assertThat(story(List.of(missing), ready("False", "AuthenticationFailed", "no")))
        .extracting(ObjectEvent::reason)
        .containsExactly("CredentialsFound", "AuthenticationFailed");
    assertThat(story(List.of(missing), ready("False", Reasons.SECRET_KEY_MISSING, "no key")))
        .extracting(ObjectEvent::reason)
        .containsExactly("SecretKeyMissing");
    assertThat(story(List.of(missing), ready("Unknown", Reasons.PAUSED, "set aside")))
        .extracting(ObjectEvent::reason)
        .containsExactly("Paused");
  }

  @Test
  void aPlaceInTheInventoryIsToldWhenItIsGivenRefusedAndTaken() {
    Condition works = ready("True", Reasons.CONNECTED, "");
    Condition refused = adopted("False", Reasons.NAME_TAKEN, "taken");
    Condition given = adopted("True", Reasons.ADOPTED, "as 'Orders'");

    assertThat(story(List.of(works), works, refused))
        .containsExactly(ObjectEvent.warning("NameTaken", "taken"));
    assertThat(story(List.of(works, refused), works, refused)).isEmpty();
    assertThat(story(List.of(works, refused), works, given))
        .containsExactly(ObjectEvent.normal("Adopted", "as 'Orders'"));
    assertThat(story(List.of(works, given), works, adopted("True", Reasons.ADOPTED, "as 'Sales'")))
        .containsExactly(ObjectEvent.normal("Adopted", "as 'Sales'"));
    assertThat(story(List.of(works, given), works))
        .extracting(ObjectEvent::reason)
        .containsExactly("Released");
    assertThat(story(List.of(works, refused), works)).isEmpty();
  }

  @Test
  void aLoginThatMayWriteIsAWarningAndOneThatMayNotIsNewsOnlyAfterIt() {
    Condition works = ready("True", Reasons.CONNECTED, "");
    Condition writes = condition(Conditions.READ_ONLY_ROLE, "False", "LoginMayWrite", "revoke");
    Condition reads = condition(Conditions.READ_ONLY_ROLE, "True", "LoginReadOnly", "fine");
    Condition unknown = condition(Conditions.READ_ONLY_ROLE, "Unknown", "LoginRightsUnknown", "");

    assertThat(story(List.of(works), works, reads)).isEmpty();
    assertThat(story(List.of(works), works, unknown)).isEmpty();
    assertThat(story(List.of(works, reads), works, writes))
        .containsExactly(ObjectEvent.warning("LoginMayWrite", "revoke"));
    assertThat(story(List.of(works, writes), works, writes)).isEmpty();
    assertThat(story(List.of(works, writes), works, reads))
        .containsExactly(ObjectEvent.normal("LoginReadOnly", "fine"));
    assertThat(story(List.of(works, writes), works)).as("it may write now").isEmpty();
  }

  private static List<ObjectEvent> story(List<Condition> before, Condition... after) {
    return DatabaseStory.between(before, Stream.of(after).toList(), DSN);
  }

  private static Condition ready(String status, String reason, String message) {
    return condition(Conditions.READY, status, reason, message);
  }

  private static Condition adopted(String status, String reason, String message) {
    return condition(Conditions.ADOPTED, status, reason, message);
  }

  private static Condition condition(String type, String status, String reason, String message) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage(message)
        .build();
  }
}
