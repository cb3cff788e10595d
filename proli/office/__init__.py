"""What a business's managers set and see over HTTP across the domains, and what the operator does."""
