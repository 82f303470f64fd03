package io.tas.dbhub.storage.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.core.health.HealthReport;
import io.tas.dbhub.core.health.LoginFinding;
import io.tas.dbhub.core.model.Database;
import io.tas.dbhub.core.model.DatabaseDefinition;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DefinitionDigest;
import io.tas.dbhub.core.model.LoginRights;
import io.tas.dbhub.core.model.Scope;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.neo4j.driver.Driver;

/** What checks tell of connections that somebody changed, removed or set aside. */
@ExtendWith(EmbeddedNeo4j.class)
class HandChangesTest {
  private static final Instant CHANGED = Instant.parse("2026-05-05T12:00:00Z");
  private static final Instant CHECKED = CHANGED.plusSeconds(60);

  private final Scope scope = Samples.newScope();
  private DatabaseInventory inventory;
  private Database database;

  @BeforeEach
  void openInventory(Driver driver) {
    inventory = Samples.inventory(driver, Clock.fixed(CHANGED, ZoneOffset.UTC));
    database = Samples.create(inventory, Samples.definition(scope, "sales"));
  }

  @Test
  void aResourceThatWasChangedByHandIsFailedUntilItIsPutBack() {
    DatabaseDefinition byHand = Changes.named(database.definition(), "by hand");

    check(byHand, CHECKED);
    assertThat(current().status()).isEqualTo(DatabaseStatus.FAILED);
    assertThat(current().statusMessage())
        .startsWith("The Database resource was changed by hand")
        .contains("Repair");
    assertThat(current().lastChecked()).isEqualTo(CHECKED);

    check(database.definition(), CHECKED.plusSeconds(1));
    assertThat(current().status()).isEqualTo(DatabaseStatus.CONNECTED);
    assertThat(current().statusMessage()).isEmpty();
  }

  @Test
  void whatALoginMayDoIsKeptUntilItIsFoundOutAnewAndOverAChange() {
    assertThat(current().login()).isNull();
    login(LoginRights.MAY_WRITE, CHECKED);
    login(null, CHECKED.plusSeconds(1));
    assertThat(current().login()).isEqualTo(LoginRights.MAY_WRITE);

    inventory.update(Changes.named(database.definition(), "renamed"), database.revision());
    assertThat(current().login()).isEqualTo(LoginRights.MAY_WRITE);

    login(LoginRights.READ_ONLY, CHECKED.plusSeconds(2));
    assertThat(current().login()).isEqualTo(LoginRights.READ_ONLY);
  }

  private void login(@Nullable LoginRights rights, Instant at) {
    inventory.recordHealth(
        new HealthReport(
            database.resource(),
            database.definition().ref(),
            DatabaseStatus.CONNECTED,
            "",
            1,
            at,
            null,
            null,
            null,
            null,
            false,
            rights == null ? null : new LoginFinding(rights, 1, 0),
            null));
  }

  @Test
  void whatTheOwnerAloneSeesIsNotCompared() {
    DatabaseDefinition of = database.definition();
    check(
        new DatabaseDefinition(
            of.id(),
            of.scope(),
            "",
            of.name(),
            of.target(),
            of.policy(),
            of.labels(),
            of.description(),
            "",
            of.active()),
        CHECKED);

    assertThat(current().status()).isEqualTo(DatabaseStatus.CONNECTED);
  }

  @Test
  void aCheckOfTheDefinitionBeforeIsNoChangeByHand() {
    DatabaseDefinition old = database.definition();
    inventory.update(Changes.named(old, "new"), 1);

    check(old, CHANGED.minusMillis(1));

    assertThat(current().status()).isEqualTo(DatabaseStatus.PENDING);
    assertThat(current().lastChecked()).isNull();
  }

  @Test
  void anUpdateThatReachedTheResourceFirstLeavesNoTrace() {
    DatabaseDefinition changed = Changes.named(database.definition(), "new");
    check(changed, CHECKED);
    assertThat(current().status()).isEqualTo(DatabaseStatus.FAILED);

    inventory.update(changed, 1);

    assertThat(current().status()).isEqualTo(DatabaseStatus.PENDING);
    assertThat(current().statusMessage()).isEmpty();
  }

  @Test
  void aPausedDatabaseStaysPausedWhateverACheckSays() {
    DatabaseDefinition paused = Changes.active(database.definition(), false);
    Database before = inventory.update(paused, 1);

    inventory.recordHealth(Samples.health(database, DatabaseStatus.FAILED, "late", CHECKED));
    assertThat(current()).isEqualTo(before);

    check(paused, CHECKED);
    assertThat(current().status()).isEqualTo(DatabaseStatus.PENDING);
    assertThat(current().statusMessage()).isEqualTo(before.statusMessage());
  }

  @Test
  void aPausedDatabaseWhoseResourceWasChangedByHandIsFailedUntilItIsPutBack() {
    DatabaseDefinition paused = Changes.active(database.definition(), false);
    Database before = inventory.update(paused, 1);

    check(Changes.active(paused, true), CHECKED);
    assertThat(current().status()).isEqualTo(DatabaseStatus.FAILED);

    check(paused, CHECKED.plusSeconds(1));
    assertThat(current().status()).isEqualTo(DatabaseStatus.PENDING);
    assertThat(current().statusMessage()).isEqualTo(before.statusMessage());
  }

  @Test
  void aMissingPartIsFailedForItsOwnerOnlyAndNotAgainstALaterCheck() {
    DatabaseRef ref = database.definition().ref();
    inventory.recordIncomplete(
        new DatabaseRef(ref.id(), Samples.newScope()), "The Secret is missing.", CHECKED);
    assertThat(current()).isEqualTo(database);

    inventory.recordIncomplete(ref, "The Secret is missing.", CHECKED);
    assertThat(current().status()).isEqualTo(DatabaseStatus.FAILED);
    assertThat(current().statusMessage()).isEqualTo("The Secret is missing.");
    assertThat(current().revision()).isEqualTo(1);

    check(database.definition(), CHECKED.plusSeconds(1));
    inventory.recordIncomplete(ref, "The Secret is missing.", CHECKED);
    assertThat(current().status()).isEqualTo(DatabaseStatus.CONNECTED);
  }

  private void check(DatabaseDefinition seen, Instant checkedAt) {
    inventory.recordHealth(
        new HealthReport(
            database.resource(),
            database.definition().ref(),
            DatabaseStatus.CONNECTED,
            "",
            1,
            checkedAt,
            DefinitionDigest.of(seen)));
  }

  private Database current() {
    return inventory.find(scope, database.id()).orElseThrow();
  }
}
