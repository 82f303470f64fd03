package io.tas.dbhub.gate;

/**
 * Why a statement is not taken for a read.
 *
 * @param at where in the text
 */
record Refusal(SqlToken at, String reason, String suggestion) {

  ReadOnlyVerdict.Refused in(String sql) {
    return new ReadOnlyVerdict.Refused(reason + " (" + Place.of(sql, at.start()) + ")", suggestion);
  }
}
