"""Reading the tables that people hand in: XLSX and CSV, whatever program wrote them."""
