package io.tas.dbhub.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookRulesTest {
  private static final Set<String> ALLOWED = Set.of("hooks.example.com", "intern.example.com:8443");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example.com/a?b=c",
        "HTTPS://HOOKS.example.com:443",
        "https://intern.example.com:8443/"
      })
  void anAllowedHostIsTold(String url) {
    assertThat(WebhookRules.violation(url, ALLOWED)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://hooks.example.com/",
        "https://hooks.example.com:8443/",
        "https://intern.example.com/",
        "https://hooks.example.com.evil.example/",
        "https://evil.example/hooks.example.com",
        "https://hooks.example.com@evil.example/",
        "https://user:pass@hooks.example.com/",
        "https://hooks.example.com/#x",
        "https://169.254.169.254/",
        "https://[::1]/",
        "https:hooks.example.com",
        "file:///etc/passwd",
        "https://hooks.example.com/\n",
        ""
      })
  void nobodyElseIs(String url) {
    assertThat(WebhookRules.violation(url, ALLOWED)).isPresent();
  }

  @Test
  void theCureIsToldWhereNobodyIsAllowed() {
    assertThat(WebhookRules.violation("https://hooks.example.com/", Set.of()))
        .hasValueSatisfying(why -> assertThat(why).contains("schedules.webhooks.allowedHosts"));
  }
}
