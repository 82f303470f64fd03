-- What search_objects asks SQLite, in the format of postgres.sql. A connection has one schema, main, and no routines.
-- Columns of a view are told where it is named only: one view that is broken would fail a search in all.

--- schema
SELECT l.name AS "name"
FROM pragma_database_list l
WHERE lower(l.name) LIKE lower(:pattern)
ORDER BY l.seq

--- table
SELECT 'main' AS "schema", m.name AS "name"
+ , m.sql AS "definition"
FROM sqlite_master m
WHERE m.type = 'table' AND substr(m.name, 1, 7) <> 'sqlite_'
  AND lower(m.name) LIKE lower(:pattern) AND (:schema = '' OR lower(:schema) = 'main')
ORDER BY m.name

--- view
SELECT 'main' AS "schema", m.name AS "name"
+ , m.sql AS "definition"
FROM sqlite_master m
WHERE m.type = 'view'
  AND lower(m.name) LIKE lower(:pattern) AND (:schema = '' OR lower(:schema) = 'main')
ORDER BY m.name

--- column
SELECT 'main' AS "schema", m.name AS "table", c.name AS "name", c.type AS "type"
+ , CASE WHEN c."notnull" THEN 'NO' ELSE 'YES' END AS "nullable", c.dflt_value AS "default"
+ , CASE WHEN c.pk THEN 'YES' ELSE 'NO' END AS "primary"
+ , (SELECT group_concat(f."table" || coalesce('.' || f."to", ''), ', ') FROM pragma_foreign_key_list(m.name) f
+    WHERE lower(f."from") = lower(c.name)) AS "refers_to"
FROM sqlite_master m JOIN pragma_table_xinfo(m.name) c
WHERE (m.type = 'table' OR (m.type = 'view' AND :table <> ''))
  AND substr(m.name, 1, 7) <> 'sqlite_' AND c.hidden <> 1
  AND lower(c.name) LIKE lower(:pattern) AND (:schema = '' OR lower(:schema) = 'main')
  AND (:table = '' OR lower(m.name) = lower(:table))
ORDER BY m.name, c.cid

--- index
SELECT 'main' AS "schema", m.name AS "table", i.name AS "name"
+ , CASE WHEN i."unique" THEN 'YES' ELSE 'NO' END AS "unique"
+ , (SELECT group_concat(coalesce(x.name, 'an expression'), ', ') FROM pragma_index_info(i.name) x) AS "columns"
FROM sqlite_master m JOIN pragma_index_list(m.name) i
WHERE m.type = 'table'
  AND lower(i.name) LIKE lower(:pattern) AND (:schema = '' OR lower(:schema) = 'main')
  AND (:table = '' OR lower(m.name) = lower(:table))
ORDER BY m.name, i.name
