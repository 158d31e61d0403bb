"""What the room reads for its pages and its verbs, by noun."""
