"""What EWS and Graph have in common: the same mailboxes stand behind both."""
