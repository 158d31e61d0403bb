"""Who a protected source is: sealed under keys of its own, opened by two."""
