"""Steps of a page that end the process at the worst moment."""
