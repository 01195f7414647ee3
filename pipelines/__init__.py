"""The way of a page: archive 100, body 200, dates 300, language 400, duplicates 500, storage 900."""
