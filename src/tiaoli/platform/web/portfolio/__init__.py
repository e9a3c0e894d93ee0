"""Pages of the portfolio: records, files, quick entry, imports, attestations, verification."""
