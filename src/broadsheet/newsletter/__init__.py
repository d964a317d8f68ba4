"""The newspaper by e-mail: who gets it, what is in it, and its way there. No third party, no pictures, no tracking."""
