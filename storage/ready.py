"""Statements that are compiled once and then handed to SQLite's driver as they are.

What SQLAlchemy does for every execution costs ten times what SQLite needs for it. Values and columns go
through the same column types as everywhere else. On PostgreSQL the statement is run as it is.
"""

import sqlite3
from collections.abc import Callable
from typing import Any

from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

_DIALECT: Any = SQLiteDialect_pysqlite(paramstyle="qmark")
_Processor = Callable[[Any], Any]
Done = tuple[list[tuple[Any, ...]], int]


class Ready:
    """A core statement, to be built once and run often; lists cannot be among its values."""

    def __init__(self, statement: Any) -> None:
        self.statement = statement
        self._compiled: dict[tuple[str, ...], _Compiled] = {}

    def run_on(self, connection: sqlite3.Connection, values: dict[str, Any]) -> Done:
        """The rows it gives, and how many it changed."""
        names = tuple(values)
        compiled = self._compiled.get(names)
        if compiled is None:
            compiled = self._compiled[names] = _Compiled(self.statement, names)
        return compiled.run_on(connection, values)


class _Compiled:
    """The statement for values of these names: its text, and what turns values and columns over."""

    def __init__(self, statement: Any, names: tuple[str, ...]) -> None:
        compiled = statement.compile(dialect=_DIALECT, column_keys=names)
        assert not compiled.insert_prefetch, "every column with a default of its own needs a value"
        self._text = str(compiled)
        self._values: list[tuple[str | None, Any, _Processor | None]] = []
        for name in compiled.positiontup or ():
            bind = compiled.binds[name]
            into = bind.type.dialect_impl(_DIALECT).bind_processor(_DIALECT)
            if name in names:
                self._values.append((name, None, into))
            else:
                constant = compiled.params[name]
                self._values.append((None, into(constant) if into else constant, None))
        types = [column.type.dialect_impl(_DIALECT) for column in statement.exported_columns]
        found = (one.result_processor(_DIALECT, None) for one in types)
        self._columns: list[tuple[int, _Processor]] = [
            (place, out_of) for place, out_of in enumerate(found) if out_of
        ]

    def run_on(self, connection: sqlite3.Connection, values: dict[str, Any]) -> Done:
        given = [
            constant if name is None else into(values[name]) if into else values[name]
            for name, constant, into in self._values
        ]
        done = connection.execute(self._text, given)
        rows = done.fetchall()
        return [self._read(row) for row in rows] if self._columns else rows, done.rowcount

    def _read(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        read = list(row)
        for place, out_of in self._columns:
            if read[place] is not None:
                read[place] = out_of(read[place])
        return tuple(read)
