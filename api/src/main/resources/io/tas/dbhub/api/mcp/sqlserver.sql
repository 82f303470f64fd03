-- What search_objects asks SQL Server, in the format of postgres.sql.

--- schema
SELECT s.name AS [name]
FROM sys.schemas s
WHERE s.schema_id < 16384 AND s.name NOT IN ('sys', 'INFORMATION_SCHEMA', 'guest')
  AND LOWER(s.name) LIKE LOWER(:pattern)
ORDER BY s.name

--- table
SELECT s.name AS [schema], t.name AS [name]
+ , (SELECT SUM(p.rows) FROM sys.partitions p WHERE p.object_id = t.object_id AND p.index_id IN (0, 1)) AS [estimated_rows]
+ , (SELECT CAST(MAX(CAST(e.value AS nvarchar(1000))) AS nvarchar(1000)) FROM sys.extended_properties e
+    WHERE e.major_id = t.object_id AND e.minor_id = 0 AND e.class = 1 AND e.name = 'MS_Description') AS [comment]
FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id
WHERE t.is_ms_shipped = 0 AND LOWER(t.name) LIKE LOWER(:pattern)
  AND (:schema = '' OR LOWER(s.name) = LOWER(:schema))
ORDER BY s.name, t.name

--- view
SELECT s.name AS [schema], v.name AS [name]
+ , OBJECT_DEFINITION(v.object_id) AS [definition]
FROM sys.views v JOIN sys.schemas s ON s.schema_id = v.schema_id
WHERE v.is_ms_shipped = 0 AND LOWER(v.name) LIKE LOWER(:pattern)
  AND (:schema = '' OR LOWER(s.name) = LOWER(:schema))
ORDER BY s.name, v.name

--- column
SELECT s.name AS [schema], o.name AS [table], c.name AS [name], TYPE_NAME(c.user_type_id) AS [type]
+ , c.max_length AS [max_length], CASE WHEN c.is_nullable = 1 THEN 'YES' ELSE 'NO' END AS [nullable]
+ , OBJECT_DEFINITION(c.default_object_id) AS [default]
+ , CASE WHEN EXISTS (SELECT 1 FROM sys.indexes i
+      JOIN sys.index_columns k ON k.object_id = i.object_id AND k.index_id = i.index_id
+      WHERE i.is_primary_key = 1 AND k.object_id = c.object_id AND k.column_id = c.column_id)
+    THEN 'YES' ELSE 'NO' END AS [primary]
+ , (SELECT MAX(OBJECT_NAME(f.referenced_object_id)) FROM sys.foreign_key_columns f
+    WHERE f.parent_object_id = c.object_id AND f.parent_column_id = c.column_id) AS [refers_to]
FROM sys.columns c
JOIN sys.objects o ON o.object_id = c.object_id
JOIN sys.schemas s ON s.schema_id = o.schema_id
WHERE o.type IN ('U', 'V') AND o.is_ms_shipped = 0 AND LOWER(c.name) LIKE LOWER(:pattern)
  AND (:schema = '' OR LOWER(s.name) = LOWER(:schema))
  AND (:table = '' OR LOWER(o.name) = LOWER(:table))
ORDER BY s.name, o.name, c.column_id

--- index
SELECT s.name AS [schema], o.name AS [table], i.name AS [name]
+ , CASE WHEN i.is_unique = 1 THEN 'YES' ELSE 'NO' END AS [unique]
+ , CASE WHEN i.is_primary_key = 1 THEN 'YES' ELSE 'NO' END AS [primary], i.type_desc AS [kind]
+ , STUFF((SELECT ', ' + c.name FROM sys.index_columns k
+      JOIN sys.columns c ON c.object_id = k.object_id AND c.column_id = k.column_id
+      WHERE k.object_id = i.object_id AND k.index_id = i.index_id
+      ORDER BY k.key_ordinal, k.index_column_id FOR XML PATH('')), 1, 2, '') AS [columns]
FROM sys.indexes i
JOIN sys.objects o ON o.object_id = i.object_id
JOIN sys.schemas s ON s.schema_id = o.schema_id
WHERE i.name IS NOT NULL AND o.is_ms_shipped = 0 AND LOWER(i.name) LIKE LOWER(:pattern)
  AND (:schema = '' OR LOWER(s.name) = LOWER(:schema))
  AND (:table = '' OR LOWER(o.name) = LOWER(:table))
ORDER BY s.name, o.name, i.name

--- procedure
SELECT s.name AS [schema], p.name AS [name]
+ , OBJECT_DEFINITION(p.object_id) AS [source]
FROM sys.procedures p JOIN sys.schemas s ON s.schema_id = p.schema_id
WHERE p.is_ms_shipped = 0 AND LOWER(p.name) LIKE LOWER(:pattern)
  AND (:schema = '' OR LOWER(s.name) = LOWER(:schema))
ORDER BY s.name, p.name

--- function
SELECT s.name AS [schema], o.name AS [name], o.type_desc AS [kind]
+ , OBJECT_DEFINITION(o.object_id) AS [source]
FROM sys.objects o JOIN sys.schemas s ON s.schema_id = o.schema_id
WHERE o.type IN ('FN', 'IF', 'TF', 'FS', 'FT', 'AF') AND o.is_ms_shipped = 0 AND LOWER(o.name) LIKE LOWER(:pattern)
  AND (:schema = '' OR LOWER(s.name) = LOWER(:schema))
ORDER BY s.name, o.name
