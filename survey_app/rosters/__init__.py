"""Tables that people bring (CSV, XLSX), and rosters of experts within them. Bytes in, rows out."""
