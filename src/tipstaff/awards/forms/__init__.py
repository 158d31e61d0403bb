"""Reading what an officer typed; what may be done with it, the verbs decide."""
