/** The inventory: which connections exist, for whom and in what state. Kept in Neo4j. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.storage.inventory;
