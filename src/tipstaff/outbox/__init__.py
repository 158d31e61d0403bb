"""The outbox: what leaves the desk for the hatch, put in the desk's own transaction, delivered by a job."""
