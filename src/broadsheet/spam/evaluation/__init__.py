"""How good is the filter? The TREC protocol, its measures, attacks, fairness, and comparison with others."""
