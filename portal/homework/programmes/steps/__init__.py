"""The steps of a programme, as long as they are only prepared."""
