"""What a database of others reads from a Parquet file of figures: each id, its value as text, and the same as a number.

    parquet_reader.py FILE
"""

import sys

import duckdb

rows = duckdb.sql(
    f"SELECT id, value, CAST(value_decimal AS VARCHAR), value_decimal = CAST(value AS DECIMAL(38, 10)) "
    f"FROM read_parquet('{sys.argv[1]}')"
).fetchall()
for id, value, number, same in rows:
    if not same:
        sys.exit(f"{id}: {value} is {number}")
    print(id, value, sep="\t")
