"""Files that bring knowledge: DOCX, PDF, HTML, Markdown, tables of questions. Pure: bytes in, pieces out."""
