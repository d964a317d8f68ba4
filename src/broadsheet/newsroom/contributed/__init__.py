"""“Write for us”: offers from people without an account, from the form to the draft and back by a private link."""
