"""The operator's pages in the editor: keys, figures, set-up, a box to try, and why a check was answered as it was."""
