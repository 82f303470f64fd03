package io.tas.dbhub.core.query;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Why a query has no answer, fit for a user's eyes: without credentials and addresses.
 *
 * @param message what is wrong
 * @param code the target's own; null when it gave none
 * @param suggestion what to do; null when nothing is known that helps
 * @param statement which of the statements, counted from 0; null when it is none of them
 * @param position where in that statement's text, in characters counted from 1; null when the
 *     target did not tell
 * @param parameter which value of that statement, counted from 0; null when it is none of them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueryError(
    QueryErrorKind kind,
    String message,
    @Nullable String code,
    @Nullable String suggestion,
    @Nullable Integer statement,
    @Nullable Integer position,
    @Nullable Integer parameter) {
  public QueryError(QueryErrorKind kind, String message, @Nullable String suggestion) {
    this(kind, message, null, suggestion, null, null, null);
  }
}
