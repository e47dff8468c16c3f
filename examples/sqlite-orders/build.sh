#!/bin/sh
# A fresh database: schema, then data, then the statistics that the planner wants.
set -e
rm -f shop.db
cat schema.sql data.sql | sqlite3 shop.db
sqlite3 shop.db ANALYZE
