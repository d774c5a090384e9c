"""The newest migration of today, and what those of a later version do to the table of each model."""

import pkgutil

import articles.migrations
from tests.later_columns import column_added, column_removed, column_renamed

TODAY = max(module.name for module in pkgutil.iter_modules(articles.migrations.__path__))
ADDED, RENAMED, REMOVED = column_added("articles"), column_renamed("articles"), column_removed("articles")
