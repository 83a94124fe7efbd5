"""What features offer to the rooms that gather from all of them: reminders, the digest, the Home, redaction, help."""
