"""Words and YAML as they come in from people and go out to files and screens."""
