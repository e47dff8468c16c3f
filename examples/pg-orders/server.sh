# A private PostgreSQL: a data folder in the project, a socket, no port. Source this file.
#   cluster    makes a new data folder
#   with_server COMMAND…    runs a command while the server runs
set -e
PATH="$PATH:$(ls -d /usr/lib/postgresql/*/bin 2> /dev/null | tail -n 1)"
export PGDATA="$PWD/.postgres" PGUSER=perf PGDATABASE=postgres
# PostgreSQL refuses to run as root. The user `postgres` keeps root's right to use these folders.
caps=+dac_override
if [ "$(id -u)" = 0 ]; then as() { setpriv --reuid=postgres --regid=postgres --clear-groups --inh-caps=$caps --ambient-caps=$caps "$@"; }
else as() { "$@"; }
fi

cluster() {
  rm -rf "$PGDATA"
  as initdb --no-sync --auth=trust --username=perf --encoding=UTF8 --locale=C > /dev/null
}

with_server() {
  PGHOST=$(mktemp -d /tmp/pg.XXXXXX) # the path of a socket must be short
  export PGHOST
  trap 'as pg_ctl stop --silent --mode=fast > /dev/null; rm -rf "$PGHOST"' EXIT
  [ "$(id -u)" != 0 ] || chown postgres "$PGHOST"
  as pg_ctl start --silent --wait --log="$PGHOST/log" \
    --options="-k $PGHOST -c listen_addresses= -c fsync=off -c jit=off -c max_parallel_workers_per_gather=0 -c autovacuum=off"
  "$@"
}
