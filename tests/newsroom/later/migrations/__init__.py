"""The migrations of a later version: those of today, and three that change the table of every model.

To be named in MIGRATION_MODULES.
"""

import newsroom.migrations

__path__ = [*__path__, *newsroom.migrations.__path__]
