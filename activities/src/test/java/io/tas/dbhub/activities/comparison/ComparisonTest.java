package io.tas.dbhub.activities.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import io.tas.dbhub.activities.comparison.Comparison.Finding;
import io.tas.dbhub.activities.comparison.Comparison.Parts;
import io.tas.dbhub.activities.kubernetes.ConnectionObject;
import io.tas.dbhub.activities.kubernetes.ConnectionObject.Kind;
import io.tas.dbhub.core.model.DatabaseRef;
import io.tas.dbhub.core.model.ResourceRef;
import io.tas.dbhub.core.model.Scope;
import io.tas.dbhub.storage.inventory.ConnectionRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private static final DatabaseRef ORDERS = new DatabaseRef("id", new Scope("acme", "sales"));
  private static final ResourceRef SECRET_REF = new ResourceRef("ns", "db-1-creds");
  private static final ResourceRef RESOURCE_REF = new ResourceRef("ns", "db-1");
  private static final ConnectionRow NODE = new ConnectionRow(ORDERS, SECRET_REF, RESOURCE_REF);
  private static final ConnectionObject SECRET =
      new ConnectionObject(ORDERS, Kind.SECRET, SECRET_REF, false);
  private static final ConnectionObject RESOURCE =
      new ConnectionObject(ORDERS, Kind.DATABASE, RESOURCE_REF, false);

  @Test
  void aConnectionWithAllItsPartsIsWhole() {
    assertThat(Comparison.judge(new Parts(ORDERS, NODE, List.of(SECRET, RESOURCE))))
        .isEqualTo(new Finding.Whole());
    assertThat(Comparison.judge(new Parts(ORDERS, null, List.of()))).isEqualTo(new Finding.Whole());
  }

  @Test
  void whatIsMissingIsNamed() {
    assertThat(Comparison.judge(new Parts(ORDERS, NODE, List.of(SECRET))))
        .isEqualTo(
            new Finding.Incomplete(
                "The Database resource db-1 is missing. Repair the database to put it back."));
    assertThat(Comparison.judge(new Parts(ORDERS, NODE, List.of(RESOURCE))))
        .isInstanceOfSatisfying(
            Finding.Incomplete.class,
            lacking ->
                assertThat(lacking.message())
                    .contains("The Secret db-1-creds is missing.", "credentials"));
  }

  @Test
  void whatIsBeingDeletedIsMissingAndStillAnOrphan() {
    ConnectionObject leaving = new ConnectionObject(ORDERS, Kind.DATABASE, RESOURCE_REF, true);

    assertThat(Comparison.judge(new Parts(ORDERS, NODE, List.of(SECRET, leaving))))
        .isInstanceOf(Finding.Incomplete.class);
    assertThat(Comparison.judge(new Parts(ORDERS, null, List.of(leaving))))
        .isEqualTo(new Finding.Orphaned(List.of(leaving)));
  }

  @Test
  void anObjectUnderAnotherNameThanTheNodeSaysIsNoReplacement() {
    ConnectionObject other =
        new ConnectionObject(ORDERS, Kind.SECRET, new ResourceRef("ns", "db-12-creds"), false);

    assertThat(Comparison.judge(new Parts(ORDERS, NODE, List.of(other, RESOURCE))))
        .isInstanceOf(Finding.Incomplete.class);
  }

  @Test
  void objectsAreOfTheConnectionThatTheirScopeSaysToo() {
    DatabaseRef stranger = new DatabaseRef("id", new Scope("other", "sales"));
    ConnectionObject strange =
        new ConnectionObject(stranger, Kind.SECRET, new ResourceRef("ns", "db-1-creds"), false);

    assertThat(Comparison.assemble(List.of(NODE), List.of(strange, RESOURCE)))
        .containsExactly(
            new Parts(ORDERS, NODE, List.of(RESOURCE)),
            new Parts(stranger, null, List.of(strange)));
  }
}
