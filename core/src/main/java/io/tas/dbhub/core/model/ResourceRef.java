package io.tas.dbhub.core.model;

/** A Kubernetes object of a kind that the context tells. */
public record ResourceRef(String namespace, String name) {}
