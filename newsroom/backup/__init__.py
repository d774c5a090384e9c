"""A copy of the whole newsroom in one folder, and the way back: the database and the pictures, both checked."""

from newsroom.backup.creation import create_backup
from newsroom.backup.manifest import BackupError
from newsroom.backup.restoration import restore_backup

__all__ = ["BackupError", "create_backup", "restore_backup"]
