package io.tas.dbhub.workflows.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tas.dbhub.core.failure.FailureType;
import io.tas.dbhub.core.failure.Failures;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.repair.InspectedConnection;
import io.tas.dbhub.workflows.Samples;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RepairPlanTest {
  private static final DatabaseDefinition ASKED = Samples.definition("id-1");
  private static final DatabaseDefinition OTHER = Samples.at(ASKED, "by.hand.example");
  private static final ResourceRef SECRET = new ResourceRef("ns", "db-1-creds");
  private static final ResourceRef RESOURCE = new ResourceRef("ns", "db-1");

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // secret, resource says, node, credentials given, put back
        "true,  asked, true,  false, ''",
        "true,  other, true,  false, Database resource",
        "true,  -,     true,  false, Database resource",
        "false, asked, true,  true,  Secret",
        "false, -,     true,  true,  'Secret, Database resource'",
        "true,  asked, false, false, inventory node",
        "false, asked, false, true,  'Secret, inventory node'"
      })
  void whatIsMissingOrChangedIsPutBack(
      boolean secret, @Nullable String says, boolean node, boolean credentials, String putBack) {
    RepairPlan plan = RepairPlan.of(node(node), found(secret, says), credentials);

    assertThat(String.join(", ", plan.putsBack())).isEqualTo(putBack);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "true,  -,     false, false, NotFound",
        "false, -,     false, true,  NotFound",
        "false, asked, true,  false, CredentialsNeeded",
        "false, -,     true,  false, CredentialsNeeded",
        "true,  asked, true,  true,  Invalid"
      })
  void whatCannotBeRepairedSaysWhy(
      boolean secret, @Nullable String says, boolean node, boolean credentials, String code) {
    assertThatThrownBy(() -> RepairPlan.of(node(node), found(secret, says), credentials))
        .satisfies(failure -> assertThat(Failures.typeOf(failure).wireName()).isEqualTo(code));
  }

  @Test
  void theInventoryIsRightWhereBothSaySomething() {
    assertThat(RepairPlan.of(node(true), found(true, "other"), false).definition())
        .isEqualTo(ASKED);
  }

  @Test
  void theResourceIsAllThereIsToMakeTheNodeFrom() {
    assertThat(RepairPlan.of(null, found(true, "other"), false).definition()).isEqualTo(OTHER);
  }

  @Test
  void credentialsOfAFileAreAlwaysGivenAndNeverWrong() {
    Database file = database(Samples.file(ASKED));
    InspectedConnection whole = new InspectedConnection(SECRET, RESOURCE, file.definition());

    assertThat(RepairPlan.of(file, whole, true).putsBack()).isEmpty();
    assertThat(RepairPlan.of(file, new InspectedConnection(null, null, null), true).putsBack())
        .containsExactly("Secret", "Database resource");
  }

  @Test
  void aResourceThatCannotBeReadIsAChangedOne() {
    assertThat(
            RepairPlan.of(node(true), new InspectedConnection(SECRET, RESOURCE, null), false)
                .resource())
        .isEqualTo(RepairPlan.Resource.CHANGED);
    assertThatThrownBy(
            () -> RepairPlan.of(null, new InspectedConnection(SECRET, RESOURCE, null), false))
        .satisfies(
            failure -> assertThat(Failures.typeOf(failure)).isEqualTo(FailureType.NOT_FOUND));
  }

  private static @Nullable Database node(boolean there) {
    return there ? database(ASKED) : null;
  }

  private static InspectedConnection found(boolean secret, @Nullable String says) {
    DatabaseDefinition definition = says == null ? null : says.equals("asked") ? ASKED : OTHER;
    return new InspectedConnection(
        secret ? SECRET : null, definition == null ? null : RESOURCE, definition);
  }

  private static Database database(DatabaseDefinition definition) {
    return new Database(
        definition,
        SECRET,
        RESOURCE,
        DatabaseStatus.CONNECTED,
        "",
        null,
        Instant.EPOCH,
        Instant.EPOCH,
        1);
  }
}
