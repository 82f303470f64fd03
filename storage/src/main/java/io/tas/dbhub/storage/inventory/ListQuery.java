package io.tas.dbhub.storage.inventory;

import io.tas.dbhub.core.model.DatabaseStatus;
import io.tas.dbhub.core.model.DatabaseType;
import org.jspecify.annotations.Nullable;

/**
 * Which databases of a scope, in which order, and which page of them. A filter that is null filters
 * nothing.
 *
 * @param page from 1; not looked at when there is a cursor
 * @param pageSize 1 to {@value #MAX_PAGE_SIZE}
 * @param labelKey databases that have this label
 * @param labelValue the value the label must have; null for any
 * @param text what the name must contain, in upper or lower case
 * @param cursor {@link DatabasePage#nextCursor} of the page before, of the same filters and order
 */
public record ListQuery(
    int page,
    int pageSize,
    @Nullable DatabaseStatus status,
    @Nullable DatabaseType type,
    @Nullable String labelKey,
    @Nullable String labelValue,
    @Nullable String text,
    Sort sort,
    @Nullable String cursor) {
  public static final int MAX_PAGE_SIZE = 100;

  public ListQuery {
    if (page < 1) {
      throw new IllegalArgumentException("page starts at 1");
    }
    if (pageSize < 1 || pageSize > MAX_PAGE_SIZE) {
      throw new IllegalArgumentException("page_size is 1 to " + MAX_PAGE_SIZE);
    }
    if (labelKey == null && labelValue != null) {
      throw new IllegalArgumentException("a label's value needs its key");
    }
  }

  /** All databases, newest first. */
  public static ListQuery page(int page, int pageSize) {
    return new ListQuery(page, pageSize, null, null, null, null, null, Sort.CREATED_AT_DESC, null);
  }

  /** All that a selector finds, in pages: in the one order in which nothing moves meanwhile. */
  public static ListQuery selected(
      @Nullable DatabaseType type, @Nullable String labelKey, @Nullable String labelValue) {
    return new ListQuery(
        1, MAX_PAGE_SIZE, null, type, labelKey, labelValue, null, Sort.CREATED_AT_ASC, null);
  }

  /** The same, from where another page ended. */
  public ListQuery after(@Nullable String nextCursor) {
    return new ListQuery(1, pageSize, status, type, labelKey, labelValue, text, sort, nextCursor);
  }
}
