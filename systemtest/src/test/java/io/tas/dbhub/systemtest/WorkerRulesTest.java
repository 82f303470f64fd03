package io.tas.dbhub.systemtest;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import org.junit.jupiter.api.Test;

class WorkerRulesTest {
  @Test
  void nothingIsAllowedWholesale() {
    for (PolicyRule rule : WorkerRules.ofRoles()) {
      assertThat(rule.getApiGroups()).doesNotContain("*");
      assertThat(rule.getResources()).doesNotContain("*");
      assertThat(rule.getVerbs())
          .doesNotContain("*", "deletecollection", "escalate", "bind", "impersonate");
    }
  }
}
