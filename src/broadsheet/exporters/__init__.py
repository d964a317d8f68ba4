"""Moving out, whole: an archive that makes the same site anew, and an export that WordPress's importer takes."""
