-- What a SQLite file is asked; what the columns mean says CatalogRows.java, how this is read SqlTexts.java.

--- begin
PRAGMA trusted_schema = OFF

--- database
SELECT file, EXISTS (SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = 'sqlite_stat1')
FROM pragma_database_list WHERE name = 'main'

--- relation
(SELECT name, CASE type WHEN 'view' THEN 'view' ELSE 'table' END AS kind FROM pragma_table_list
 WHERE schema = 'main' AND type <> 'shadow' AND substr(name, 1, 7) <> 'sqlite_')

--- tables
SELECT 'main', r.name, r.kind, NULL, NULL FROM {relation} r

--- tables_analyzed
SELECT 'main', r.name, r.kind, NULL, s.estimate FROM {relation} r
LEFT JOIN (SELECT tbl, max(CAST(stat AS INTEGER)) AS estimate FROM main.sqlite_stat1 GROUP BY tbl) s ON s.tbl = r.name

--- columns
SELECT 'main', t.name, c.cid, c.name, substr(c.type, 1, 2001), c.type,
  c."notnull" = 0 AND NOT (c.pk = 1 AND upper(c.type) = 'INTEGER' AND t.type = 'table'
    AND NOT EXISTS (SELECT 1 FROM pragma_index_list(t.name, 'main') WHERE origin = 'pk')
    AND NOT EXISTS (SELECT 1 FROM pragma_table_xinfo(t.name, 'main') o WHERE o.pk > 1)),
  substr(c.dflt_value, 1, 2001), NULL, c.pk, t.rowid,
  CASE WHEN c.hidden IN (2, 3) AND length(t.sql) <= 100000 THEN t.sql END
FROM main.sqlite_schema t CROSS JOIN pragma_table_xinfo(t.name, 'main') c
WHERE t.type IN ('table', 'view') AND t.rowid > ? AND substr(t.name, 1, 7) <> 'sqlite_' AND c.hidden <> 1
ORDER BY t.rowid

--- next
SELECT rowid FROM main.sqlite_schema
WHERE type IN ('table', 'view') AND rowid > ? AND substr(name, 1, 7) <> 'sqlite_' ORDER BY rowid LIMIT 1

--- keys
SELECT 'main', t.name, 'unique', i.name, i.name, c.seqno, c.name, NULL, NULL, NULL
FROM main.sqlite_schema t CROSS JOIN pragma_index_list(t.name, 'main') i CROSS JOIN pragma_index_xinfo(i.name, 'main') c
WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' AND i.origin = 'u' AND c.key = 1

--- foreign_keys
SELECT 'main', t.name, 'foreign', f.id, NULL, f.seq, f."from", 'main', COALESCE(r.name, f."table"), f."to"
FROM main.sqlite_schema t CROSS JOIN pragma_foreign_key_list(t.name, 'main') f
LEFT JOIN main.sqlite_schema r ON r.type = 'table' AND r.name = f."table" COLLATE NOCASE
WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_'

--- indexes
SELECT 'main', t.name, i.name, i."unique", c.seqno, CASE c.cid WHEN -1 THEN 'rowid' WHEN -2 THEN '(expression)' ELSE c.name END,
  CASE WHEN c.cid = -2 AND length(x.sql) <= 100000 THEN x.sql END
FROM main.sqlite_schema t CROSS JOIN pragma_index_list(t.name, 'main') i CROSS JOIN pragma_index_xinfo(i.name, 'main') c
LEFT JOIN main.sqlite_schema x ON x.type = 'index' AND x.name = i.name
WHERE t.type = 'table' AND substr(t.name, 1, 7) <> 'sqlite_' AND c.key = 1
