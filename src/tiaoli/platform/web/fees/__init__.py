"""Payment notices, statements, receipts and refunds: for whoever pays, and for the treasurer."""
