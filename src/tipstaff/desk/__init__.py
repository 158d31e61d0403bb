"""The internal site's shell: its base page, its home page, its error pages."""
