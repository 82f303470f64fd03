package io.tas.dbhub.core.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorkflowIdsTest {
  @Test
  void instancesWithHyphensInNamespaceOrNameNeverMeet() {
    assertThat(WorkflowIds.instance("a-b", "c")).isNotEqualTo(WorkflowIds.instance("a", "b-c"));
  }

  @Test
  void onlyDatabaseWorkflowsAreOperations() {
    assertThat(WorkflowIds.isDatabase(WorkflowIds.database("x"))).isTrue();
    assertThat(WorkflowIds.isDatabase(WorkflowIds.health("x"))).isFalse();
  }

  @Test
  void operationsOfADatabaseAndSyncsOfItsSchemaNameIt() {
    assertThat(WorkflowIds.databaseOf(WorkflowIds.database("x"))).contains("x");
    assertThat(WorkflowIds.databaseOf(WorkflowIds.schema("x"))).contains("x");
    assertThat(WorkflowIds.databaseOf(WorkflowIds.health("x"))).isEmpty();
  }
}
