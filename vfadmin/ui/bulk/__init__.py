"""The import of a list (R26): read, show every row with its verdict, apply, report, undo."""
