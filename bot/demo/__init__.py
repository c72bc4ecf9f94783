"""One whole review played before your eyes. The only room that may import the playground."""
