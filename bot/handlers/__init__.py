"""Bolt only, thin: read the payload, call one use case, answer. One file for each thing a person does."""
