"""The exercises as files of plain text, and the reader that refuses a broken one."""
