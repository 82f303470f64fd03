package io.tas.dbhub.core.query;

/**
 * @param name as the target gives it; names may come twice, and be empty
 * @param type as the target calls it
 */
public record ResultColumn(String name, String type) {}
