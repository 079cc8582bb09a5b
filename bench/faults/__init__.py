"""What is lost, doubled or left unsaid when processes are killed and what they lean on fails."""
