package io.tas.dbhub.activities.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTenantsTest {
  @Test
  void withoutTheAnnotationNobodyIsAllowed() {
    assertThat(new NamespaceTenants(null).allow("acme")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", "acme", "other, acme ", " acme,", "other,*"})
  void theNamedTenantsAreAllowedOrAll(String annotation) {
    assertThat(new NamespaceTenants(annotation).allow("acme")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "acm", "acme2", "ACME", "ac*", "other"})
  void nobodyElseIs(String annotation) {
    assertThat(new NamespaceTenants(annotation).allow("acme")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"other|other,acme", "''|acme", "other;rm -rf,second|second,acme"})
  void theCureKeepsThoseWhoAreAllowedAndQuotesNothingElse(String annotation, String value) {
    assertThat(new NamespaceTenants(annotation).cure("shop", "acme"))
        .isEqualTo("kubectl annotate --overwrite namespace shop dbhub.tas.io/tenants=" + value);
  }
}
