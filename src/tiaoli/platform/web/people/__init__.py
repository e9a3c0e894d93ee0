"""People: posts, invitations, deputies, a person's own file."""
