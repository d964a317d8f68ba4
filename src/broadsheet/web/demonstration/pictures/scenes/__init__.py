"""The pictures themselves, gathered by what they show. Each is a function that prints on a sheet."""
