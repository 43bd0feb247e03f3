"""What an officer types and sees. The only place that knows the terminal, prompts and today's date."""
