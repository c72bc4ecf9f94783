"""The page: what is in the stand-in, drawn as a small chat workspace. Knows no particular bot."""
