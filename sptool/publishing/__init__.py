"""What is made from the models of records and kept beside the program: their schemas, and the list of kinds."""
