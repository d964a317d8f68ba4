"""The tests: pure, database, journeys, faults."""
