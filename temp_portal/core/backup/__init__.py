"""One archive with the database and the private files, checked by sums before anything is put back."""
