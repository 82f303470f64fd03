"""Reflects a whole database, and prints tables, columns, statements, seconds. A password comes from the environment."""

import sys
import time

from sqlalchemy import MetaData, create_engine, event

engine = create_engine(sys.argv[1])
statements = 0


@event.listens_for(engine, "before_cursor_execute")
def count(*_):
    global statements
    statements += 1


begin = time.monotonic()
metadata = MetaData()
metadata.reflect(engine)
seconds = time.monotonic() - begin
columns = sum(len(table.columns) for table in metadata.tables.values())
print(len(metadata.tables), columns, statements, f"{seconds:.3f}")
