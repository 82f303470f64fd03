package io.tas.dbhub.activities.kubernetes.instance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.tas.dbhub.activities.kubernetes.ObjectEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceStoryTest {
  private static final Condition ALL = condition("DatabasesServed", "True", "AllServed", "2");

  @Test
  void aRolloutIsToldWhenItIsOverAndNotBefore() {
    Condition rolling = condition("Ready", "True", "RollingOut", "1 of 2");
    Condition done = condition("Ready", "True", "RolledOut", "2 of 2");

    assertThat(InstanceStory.between(null, List.of(rolling, ALL))).isEmpty();
    assertThat(InstanceStory.between(List.of(rolling, ALL), List.of(done, ALL)))
        .containsExactly(ObjectEvent.normal("RolledOut", "2 of 2"));
    assertThat(InstanceStory.between(List.of(done, ALL), List.of(done, ALL))).isEmpty();
  }

  @Test
  void whatIsStuckOrRefusedIsAWarning() {
    Condition stuck = condition("Ready", "False", "RolloutStuck", "0 of 2");
    Condition refused = condition("Ready", "False", "Refused", "a quota");

    assertThat(InstanceStory.between(List.of(), List.of(stuck)))
        .containsExactly(ObjectEvent.warning("RolloutStuck", "0 of 2"));
    assertThat(InstanceStory.between(List.of(stuck), List.of(refused)))
        .containsExactly(ObjectEvent.warning("Refused", "a quota"));
  }

  @Test
  void otherDatabasesThatAreLeftOutAreTold() {
    Condition one = condition("DatabasesServed", "False", "SomeLeftOut", "a: no Secret.");
    Condition two = condition("DatabasesServed", "False", "SomeLeftOut", "b: no Secret.");

    assertThat(InstanceStory.between(List.of(ALL), List.of(one)))
        .containsExactly(ObjectEvent.warning("SomeLeftOut", "a: no Secret."));
    assertThat(InstanceStory.between(List.of(one), List.of(one))).isEmpty();
    assertThat(InstanceStory.between(List.of(one), List.of(two))).hasSize(1);
    assertThat(InstanceStory.between(List.of(one), List.of(ALL)))
        .containsExactly(ObjectEvent.normal("AllServed", "2"));
    assertThat(InstanceStory.between(null, List.of(ALL))).isEmpty();
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
