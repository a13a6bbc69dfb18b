"""How an old register of certificates is read: its columns, its dates, what a line says; pure."""
