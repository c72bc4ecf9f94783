"""The demonstration; the only room that may import the playground."""
