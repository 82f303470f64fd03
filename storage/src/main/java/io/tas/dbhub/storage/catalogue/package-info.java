/** The schema catalogue: what tables there are in whose database, and what there was. In Neo4j. */
@org.jspecify.annotations.NullMarked
package io.tas.dbhub.storage.catalogue;
