"""The outbox: what leaves the desk for the hatch, put in the desk's own transaction and delivered by a job."""
