"""The room's pages: parse, one query or one verb, answer."""
