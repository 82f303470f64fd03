package io.tas.dbhub.core.model;

/** A database by id, with whose it is. */
public record DatabaseRef(String id, Scope scope) {}
