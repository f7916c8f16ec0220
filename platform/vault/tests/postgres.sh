#!/usr/bin/env bash
# Runs a command with a throw-away PostgreSQL server beside it, whose address is in
# CARNET_TEST_POSTGRES. As root on Debian it installs the server when it is missing:
#     platform/vault/tests/postgres.sh cargo test -p vault
# The server listens on a Unix socket and on a free port of this machine, and syncs nothing
# (CARNET_TEST_FSYNC=on makes it sync, for measurements and for what kills it: the command whose path
# is in CARNET_TEST_POSTGRES_RESTART kills it at once and starts it again).
set -euo pipefail

find_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -1; }
bin=$(find_bin)
if [ -z "$bin" ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql >/dev/null
    bin=$(find_bin)
fi

# The server refuses to run as root.
as() { if [ "$(id -u)" = 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }

folder=$(as mktemp -d /tmp/carnet-postgres.XXXXXX)
server=
stop() {
    if [ -n "$server" ]; then
        server=$(as head -1 "$folder/data/postmaster.pid" 2>/dev/null || echo "$server")
        as kill -INT "$server" 2>/dev/null || true
        while as kill -0 "$server" 2>/dev/null; do sleep 0.1; done
    fi
    as rm -rf "$folder"
}
trap stop EXIT

as "$bin/initdb" --pgdata "$folder/data" --username carnet --auth trust \
    --encoding UTF8 --locale C --no-sync >"$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }
rm -f "$folder.log"

# The first port above a random one that nobody answers on, below those that clients are given.
free_port() {
    local port=$((20000 + RANDOM % 12000))
    while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
    echo "$port"
}
port=$(free_port)
as tee "$folder/start" >/dev/null <<START
#!/usr/bin/env bash
exec "$bin/pg_ctl" --pgdata "$folder/data" --log "$folder/log" --wait --silent start --options "\
    -c listen_addresses=127.0.0.1 -c port=$port -c unix_socket_directories=$folder \
    -c fsync=${CARNET_TEST_FSYNC:-off} -c full_page_writes=${CARNET_TEST_FSYNC:-off} \
    -c max_connections=300"
START
as tee "$folder/restart" >/dev/null <<RESTART
#!/usr/bin/env bash
server=\$(head -1 "$folder/data/postmaster.pid")
all="\$server \$(cat "/proc/\$server/task/\$server/children")"
kill -KILL \$all
for one in \$all; do for _ in {1..100}; do kill -0 "\$one" 2>/dev/null && sleep 0.05; done; done
exec $([ "$(id -u)" = 0 ] && echo "runuser -u postgres --") "$folder/start"
RESTART
as chmod +x "$folder/start" "$folder/restart"
as "$folder/start" || { as cat "$folder/log"; exit 1; }
server=$(as head -1 "$folder/data/postmaster.pid")

export CARNET_TEST_POSTGRES_RESTART="$folder/restart"
CARNET_TEST_POSTGRES="postgres://carnet@127.0.0.1:$port/postgres" "$@"
