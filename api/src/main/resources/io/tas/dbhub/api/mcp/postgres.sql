-- What search_objects asks a PostgreSQL server. Catalogue.java reads it: a statement for each type of object; lines that
-- begin with "+" are for full details only; :pattern, :schema and :table are bound, each empty for any but the pattern.

--- schema
SELECT n.nspname AS "name"
+ , pg_get_userbyid(n.nspowner) AS "owner", obj_description(n.oid, 'pg_namespace') AS "comment"
FROM pg_catalog.pg_namespace n
WHERE left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
  AND lower(n.nspname) LIKE lower(:pattern)
ORDER BY n.nspname

--- table
SELECT n.nspname AS "schema", c.relname AS "name"
+ , CASE c.relkind WHEN 'p' THEN 'partitioned' WHEN 'f' THEN 'foreign' ELSE 'ordinary' END AS "kind"
+ , CASE WHEN c.reltuples >= 0 THEN CAST(c.reltuples AS bigint) END AS "estimated_rows"
+ , obj_description(c.oid, 'pg_class') AS "comment"
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('r', 'p', 'f') AND NOT c.relispartition
  AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
  AND lower(c.relname) LIKE lower(:pattern)
  AND (:schema = '' OR lower(n.nspname) = lower(:schema))
ORDER BY n.nspname, c.relname

--- view
SELECT n.nspname AS "schema", c.relname AS "name"
+ , CASE c.relkind WHEN 'm' THEN 'materialized' ELSE 'ordinary' END AS "kind"
+ , pg_get_viewdef(c.oid) AS "definition", obj_description(c.oid, 'pg_class') AS "comment"
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind IN ('v', 'm')
  AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
  AND lower(c.relname) LIKE lower(:pattern)
  AND (:schema = '' OR lower(n.nspname) = lower(:schema))
ORDER BY n.nspname, c.relname

--- column
SELECT n.nspname AS "schema", c.relname AS "table", a.attname AS "name",
  format_type(a.atttypid, a.atttypmod) AS "type"
+ , CASE WHEN a.attnotnull THEN 'NO' ELSE 'YES' END AS "nullable", pg_get_expr(d.adbin, d.adrelid) AS "default"
+ , (SELECT string_agg(pg_get_constraintdef(k.oid), '; ' ORDER BY k.conname) FROM pg_catalog.pg_constraint k
+    WHERE k.conrelid = c.oid AND k.contype IN ('p', 'u', 'f') AND a.attnum = ANY (k.conkey)) AS "constraints"
+ , col_description(c.oid, a.attnum) AS "comment"
FROM pg_catalog.pg_attribute a
JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
+ LEFT JOIN pg_catalog.pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
WHERE a.attnum > 0 AND NOT a.attisdropped
  AND c.relkind IN ('r', 'p', 'f', 'v', 'm') AND NOT c.relispartition
  AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
  AND lower(a.attname) LIKE lower(:pattern)
  AND (:schema = '' OR lower(n.nspname) = lower(:schema))
  AND (:table = '' OR lower(c.relname) = lower(:table))
ORDER BY n.nspname, c.relname, a.attnum

--- index
SELECT n.nspname AS "schema", c.relname AS "table", x.relname AS "name"
+ , CASE WHEN i.indisunique THEN 'YES' ELSE 'NO' END AS "unique"
+ , CASE WHEN i.indisprimary THEN 'YES' ELSE 'NO' END AS "primary"
+ , pg_get_indexdef(i.indexrelid) AS "definition"
FROM pg_catalog.pg_index i
JOIN pg_catalog.pg_class x ON x.oid = i.indexrelid
JOIN pg_catalog.pg_class c ON c.oid = i.indrelid
JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
  AND lower(x.relname) LIKE lower(:pattern)
  AND (:schema = '' OR lower(n.nspname) = lower(:schema))
  AND (:table = '' OR lower(c.relname) = lower(:table))
ORDER BY n.nspname, c.relname, x.relname

--- procedure
SELECT n.nspname AS "schema", p.proname AS "name", pg_get_function_identity_arguments(p.oid) AS "arguments"
+ , l.lanname AS "language", p.prosrc AS "source", obj_description(p.oid, 'pg_proc') AS "comment"
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE p.prokind = 'p'
  AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
  AND lower(p.proname) LIKE lower(:pattern)
  AND (:schema = '' OR lower(n.nspname) = lower(:schema))
ORDER BY n.nspname, p.proname, p.oid

--- function
SELECT n.nspname AS "schema", p.proname AS "name", pg_get_function_identity_arguments(p.oid) AS "arguments",
  pg_get_function_result(p.oid) AS "returns"
+ , l.lanname AS "language", p.prosrc AS "source", obj_description(p.oid, 'pg_proc') AS "comment"
FROM pg_catalog.pg_proc p
JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
JOIN pg_catalog.pg_language l ON l.oid = p.prolang
WHERE p.prokind <> 'p'
  AND left(n.nspname, 3) <> 'pg_' AND n.nspname <> 'information_schema'
  AND lower(p.proname) LIKE lower(:pattern)
  AND (:schema = '' OR lower(n.nspname) = lower(:schema))
ORDER BY n.nspname, p.proname, p.oid
