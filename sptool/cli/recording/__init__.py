"""How a step is recorded: one path for every command, from what was typed to what is shown afterwards."""
