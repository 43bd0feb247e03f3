"""How fast sptool is, and generated case folders to measure it on."""
