"""Dates as people write them in most of the world: no month is taken for a day. Amounts are `2,000,000.50`."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, H:i"
TIME_FORMAT = "H:i"
