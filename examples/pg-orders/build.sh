#!/bin/sh
. ./server.sh
cluster
with_server psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --file=schema.sql --file=data.sql
