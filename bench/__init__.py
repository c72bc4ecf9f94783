"""Measurements. Each prints what was measured, beside what costs nothing."""
