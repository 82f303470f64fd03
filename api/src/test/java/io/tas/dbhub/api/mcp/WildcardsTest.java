package io.tas.dbhub.api.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WildcardsTest {
  @Test
  void aPatternMatchesAsLikeDoes() {
    assertThat(new Wildcards("%").match("")).isTrue();
    assertThat(new Wildcards("").match("")).isTrue();
    assertThat(new Wildcards("").match("a")).isFalse();
    assertThat(new Wildcards("Orders").match("ORDERS")).isTrue();
    assertThat(new Wildcards("ord%").match("Orders")).isTrue();
    assertThat(new Wildcards("%ers").match("Orders")).isTrue();
    assertThat(new Wildcards("%r%r%").match("Orders")).isTrue();
    assertThat(new Wildcards("%r%r%r%").match("Orders")).isFalse();
    assertThat(new Wildcards("o_ders").match("Orders")).isTrue();
    assertThat(new Wildcards("o__ers").match("O🐘ers")).isFalse();
    assertThat(new Wildcards("o_ers").match("O🐘ers")).isTrue();
    assertThat(new Wildcards("o.*").match("Orders")).isFalse();
  }

  @Test
  void noPatternTakesLong() {
    assertThat(new Wildcards("%a".repeat(127)).match("a".repeat(126) + "b".repeat(130))).isFalse();
  }
}
