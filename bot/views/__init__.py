"""From facts to blocks. Words live in templates/."""
