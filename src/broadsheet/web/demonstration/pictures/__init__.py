"""A program that draws the demonstration's illustrations and portraits, in the manner of screen prints."""
