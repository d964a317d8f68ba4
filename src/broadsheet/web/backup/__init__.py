"""A site's backups: snapshots in a folder that holds every content once. Plain Python."""
