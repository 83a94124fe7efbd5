"""Data requests: threads in which two sides agree on data, field by field, until there is a contract."""
