package io.tas.dbhub.core.schema;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table or view.
 *
 * @param position from 1, without gaps
 * @param type as the target writes it, with length or precision
 * @param normalized the same for every engine
 * @param defaultValue the expression as the target writes it, of a generated column the one it is
 *     made by; null for none
 * @param comment null for none
 */
public record SchemaColumn(
    String name,
    int position,
    String type,
    ColumnType normalized,
    boolean nullable,
    @Nullable String defaultValue,
    @Nullable String comment) {}
