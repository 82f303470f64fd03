-- What search_objects asks MySQL and MariaDB, in the format of postgres.sql. Without a schema it is the connection's own.

--- schema
SELECT s.schema_name AS `name`
+ , s.default_character_set_name AS `character_set`, s.default_collation_name AS `collation`
FROM information_schema.schemata s
WHERE LOWER(s.schema_name) NOT IN ('information_schema', 'performance_schema', 'mysql', 'sys')
  AND LOWER(s.schema_name) LIKE LOWER(:pattern)
ORDER BY s.schema_name

--- table
SELECT t.table_schema AS `schema`, t.table_name AS `name`
+ , t.engine AS `engine`, t.table_rows AS `estimated_rows`, t.table_comment AS `comment`
FROM information_schema.tables t
WHERE t.table_type IN ('BASE TABLE', 'SYSTEM VERSIONED')
  AND LOWER(t.table_name) LIKE LOWER(:pattern)
  AND LOWER(t.table_schema) = LOWER(CASE WHEN :schema = '' THEN DATABASE() ELSE :schema END)
ORDER BY t.table_schema, t.table_name

--- view
SELECT v.table_schema AS `schema`, v.table_name AS `name`
+ , v.view_definition AS `definition`, v.is_updatable AS `updatable`
FROM information_schema.views v
WHERE LOWER(v.table_name) LIKE LOWER(:pattern)
  AND LOWER(v.table_schema) = LOWER(CASE WHEN :schema = '' THEN DATABASE() ELSE :schema END)
ORDER BY v.table_schema, v.table_name

--- column
SELECT c.table_schema AS `schema`, c.table_name AS `table`, c.column_name AS `name`, c.column_type AS `type`
+ , c.is_nullable AS `nullable`, c.column_default AS `default`, c.column_key AS `key`, c.extra AS `extra`
+ , (SELECT GROUP_CONCAT(CONCAT(k.referenced_table_name, '.', k.referenced_column_name) SEPARATOR ', ')
+    FROM information_schema.key_column_usage k
+    WHERE k.table_schema = c.table_schema AND k.table_name = c.table_name AND k.column_name = c.column_name
+      AND k.referenced_table_name IS NOT NULL) AS `refers_to`
+ , c.column_comment AS `comment`
FROM information_schema.columns c
WHERE LOWER(c.column_name) LIKE LOWER(:pattern)
  AND LOWER(c.table_schema) = LOWER(CASE WHEN :schema = '' THEN DATABASE() ELSE :schema END)
  AND (:table = '' OR LOWER(c.table_name) = LOWER(:table))
ORDER BY c.table_schema, c.table_name, c.ordinal_position

--- index
SELECT s.table_schema AS `schema`, s.table_name AS `table`, s.index_name AS `name`
+ , CASE WHEN MAX(s.non_unique) = 0 THEN 'YES' ELSE 'NO' END AS `unique`
+ , GROUP_CONCAT(s.column_name ORDER BY s.seq_in_index SEPARATOR ', ') AS `columns`, MAX(s.index_type) AS `kind`
FROM information_schema.statistics s
WHERE LOWER(s.index_name) LIKE LOWER(:pattern)
  AND LOWER(s.table_schema) = LOWER(CASE WHEN :schema = '' THEN DATABASE() ELSE :schema END)
  AND (:table = '' OR LOWER(s.table_name) = LOWER(:table))
GROUP BY s.table_schema, s.table_name, s.index_name
ORDER BY s.table_schema, s.table_name, s.index_name

--- procedure
SELECT r.routine_schema AS `schema`, r.routine_name AS `name`,
  (SELECT GROUP_CONCAT(CONCAT_WS(' ', p.parameter_mode, p.parameter_name, p.dtd_identifier)
    ORDER BY p.ordinal_position SEPARATOR ', ')
   FROM information_schema.parameters p
   WHERE p.specific_schema = r.routine_schema AND p.specific_name = r.specific_name
     AND p.routine_type = 'PROCEDURE') AS `arguments`
+ , r.routine_definition AS `source`, r.routine_comment AS `comment`
FROM information_schema.routines r
WHERE r.routine_type = 'PROCEDURE' AND LOWER(r.routine_name) LIKE LOWER(:pattern)
  AND LOWER(r.routine_schema) = LOWER(CASE WHEN :schema = '' THEN DATABASE() ELSE :schema END)
ORDER BY r.routine_schema, r.routine_name

--- function
SELECT r.routine_schema AS `schema`, r.routine_name AS `name`,
  (SELECT GROUP_CONCAT(CONCAT_WS(' ', p.parameter_name, p.dtd_identifier)
    ORDER BY p.ordinal_position SEPARATOR ', ')
   FROM information_schema.parameters p
   WHERE p.specific_schema = r.routine_schema AND p.specific_name = r.specific_name
     AND p.routine_type = 'FUNCTION' AND p.ordinal_position > 0) AS `arguments`,
  r.dtd_identifier AS `returns`
+ , r.routine_definition AS `source`, r.routine_comment AS `comment`
FROM information_schema.routines r
WHERE r.routine_type = 'FUNCTION' AND LOWER(r.routine_name) LIKE LOWER(:pattern)
  AND LOWER(r.routine_schema) = LOWER(CASE WHEN :schema = '' THEN DATABASE() ELSE :schema END)
ORDER BY r.routine_schema, r.routine_name
