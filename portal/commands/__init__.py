"""What ./run can be told to do, one file for each thing that takes more than a line."""
