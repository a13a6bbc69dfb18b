"""Reading the files that organisations hand in: XLSX and CSV, however they were filled in."""
