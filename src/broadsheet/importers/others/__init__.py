"""Other systems than WordPress, one small module each: a file or folder → the records that everything is brought from."""
