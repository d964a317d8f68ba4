"""The composition root: settings, environment, addresses, and the `broadsheet` command."""
