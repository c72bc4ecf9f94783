"""The rules of the customer seat: values in, values out. No clock, no I/O, no Slack, no SQL."""
