"""Broadsheet: a publishing system for independent newspapers."""
