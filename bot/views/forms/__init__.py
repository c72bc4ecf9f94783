"""Forms: facts -> modal views. A field's block_id and action_id are both its name."""
