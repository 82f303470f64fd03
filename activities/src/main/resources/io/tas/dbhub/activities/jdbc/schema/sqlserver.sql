-- What SQL Server is asked; what the columns mean says CatalogRows.java, how this is read SqlTexts.java. It shows a login only what
-- it has some right on.

--- begin
SET LOCK_TIMEOUT 5000; SET DEADLOCK_PRIORITY LOW

--- database
SELECT DB_NAME()

--- tables
SELECT s.name, o.name,
  CASE WHEN o.type = 'V' AND EXISTS (SELECT 1 FROM sys.indexes x WHERE x.object_id = o.object_id AND x.index_id = 1) THEN 'materialized_view'
    WHEN o.type = 'V' THEN 'view' WHEN t.is_external = 1 THEN 'foreign_table' ELSE 'table' END,
  CAST(p.value AS nvarchar(4000)), n.estimate
FROM sys.objects o
JOIN sys.schemas s ON s.schema_id = o.schema_id
LEFT JOIN sys.tables t ON t.object_id = o.object_id
LEFT JOIN sys.extended_properties p ON p.class = 1 AND p.major_id = o.object_id AND p.minor_id = 0 AND p.name = 'MS_Description'
LEFT JOIN (SELECT object_id, SUM(rows) AS estimate FROM sys.partitions WHERE index_id IN (0, 1) GROUP BY object_id) n
  ON n.object_id = o.object_id
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0

--- columns
SELECT s.name, o.name, c.column_id, c.name,
  CASE WHEN t.is_user_defined = 1 THEN SCHEMA_NAME(t.schema_id) + '.' + t.name
    WHEN t.name IN ('char', 'varchar', 'binary', 'varbinary')
      THEN t.name + '(' + CASE c.max_length WHEN -1 THEN 'max' ELSE CAST(c.max_length AS varchar(10)) END + ')'
    WHEN t.name IN ('nchar', 'nvarchar')
      THEN t.name + '(' + CASE c.max_length WHEN -1 THEN 'max' ELSE CAST(c.max_length / 2 AS varchar(10)) END + ')'
    WHEN t.name IN ('decimal', 'numeric')
      THEN t.name + '(' + CAST(c.precision AS varchar(10)) + ',' + CAST(c.scale AS varchar(10)) + ')'
    WHEN t.name IN ('time', 'datetime2', 'datetimeoffset') THEN t.name + '(' + CAST(c.scale AS varchar(10)) + ')'
    ELSE t.name END,
  CASE WHEN t.is_user_defined = 1 THEN TYPE_NAME(c.system_type_id) ELSE t.name END,
  c.is_nullable,
  CASE WHEN k.definition IS NOT NULL THEN LEFT(k.definition, 2001)
    WHEN i.column_id IS NOT NULL
      THEN 'IDENTITY(' + CAST(i.seed_value AS nvarchar(40)) + ',' + CAST(i.increment_value AS nvarchar(40)) + ')'
    ELSE LEFT(d.definition, 2001) END,
  CAST(p.value AS nvarchar(4000))
FROM sys.objects o
JOIN sys.schemas s ON s.schema_id = o.schema_id
JOIN sys.columns c ON c.object_id = o.object_id
JOIN sys.types t ON t.user_type_id = c.user_type_id
LEFT JOIN sys.computed_columns k ON k.object_id = c.object_id AND k.column_id = c.column_id
LEFT JOIN sys.identity_columns i ON i.object_id = c.object_id AND i.column_id = c.column_id
LEFT JOIN sys.default_constraints d ON d.object_id = c.default_object_id
LEFT JOIN sys.extended_properties p
  ON p.class = 1 AND p.major_id = c.object_id AND p.minor_id = c.column_id AND p.name = 'MS_Description'
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0

--- constraints
SELECT s.name, o.name, CASE k.type WHEN 'PK' THEN 'primary' ELSE 'unique' END, k.name, k.name, x.key_ordinal, c.name, NULL, NULL, NULL
FROM sys.key_constraints k
JOIN sys.objects o ON o.object_id = k.parent_object_id
JOIN sys.schemas s ON s.schema_id = o.schema_id
JOIN sys.index_columns x ON x.object_id = k.parent_object_id AND x.index_id = k.unique_index_id AND x.key_ordinal > 0
JOIN sys.columns c ON c.object_id = x.object_id AND c.column_id = x.column_id
WHERE o.type = 'U' AND o.is_ms_shipped = 0
UNION ALL
SELECT s.name, o.name, 'foreign', f.name, f.name, x.constraint_column_id, c.name, rs.name, r.name, rc.name
FROM sys.foreign_keys f
JOIN sys.objects o ON o.object_id = f.parent_object_id
JOIN sys.schemas s ON s.schema_id = o.schema_id
JOIN sys.foreign_key_columns x ON x.constraint_object_id = f.object_id
JOIN sys.columns c ON c.object_id = x.parent_object_id AND c.column_id = x.parent_column_id
JOIN sys.objects r ON r.object_id = x.referenced_object_id
JOIN sys.schemas rs ON rs.schema_id = r.schema_id
JOIN sys.columns rc ON rc.object_id = x.referenced_object_id AND rc.column_id = x.referenced_column_id
WHERE o.is_ms_shipped = 0

--- indexes
SELECT s.name, o.name, i.name, i.is_unique, CASE WHEN x.key_ordinal > 0 THEN x.key_ordinal ELSE x.index_column_id END, c.name
FROM sys.indexes i
JOIN sys.objects o ON o.object_id = i.object_id
JOIN sys.schemas s ON s.schema_id = o.schema_id
JOIN sys.index_columns x ON x.object_id = i.object_id AND x.index_id = i.index_id
JOIN sys.columns c ON c.object_id = x.object_id AND c.column_id = x.column_id
-- The columns of a columnstore are all included ones.
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 AND i.type > 0 AND i.is_hypothetical = 0
  AND (x.key_ordinal > 0 OR i.type IN (5, 6))
