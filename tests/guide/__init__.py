"""The guide with pictures, walked in a browser: `make docs-pictures`."""
