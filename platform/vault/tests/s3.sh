#!/usr/bin/env bash
# Runs a command with a throw-away S3 beside it (moto, from PyPI), whose address and bucket are in
# CARNET_TEST_S3. As root on Debian it installs Python when it is missing:
#     platform/vault/tests/s3.sh cargo test -p vault bucket
set -euo pipefail

tools="${CARNET_TEST_TOOLS:-$HOME/.cache/carnet-test-tools}"
python="$tools/moto/bin/python"
if ! "$python" -c 'import moto.server' 2>/dev/null; then
    if ! python3 -c 'import ensurepip' 2>/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends python3-venv >/dev/null
    fi
    python3 -m venv --clear "$tools/moto"
    "$python" -m pip install --quiet --disable-pip-version-check 'moto[s3,server]==5.2.1'
fi

log=$(mktemp)
server=
stop() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -f "$log"
}
trap stop EXIT
"$python" -m moto.server -H 127.0.0.1 -p 0 >"$log" 2>&1 &
server=$!

port=
for _ in $(seq 300); do
    port=$(sed -n 's|.*http://127.0.0.1:\([0-9]*\).*|\1|p' "$log" | head -1)
    [ -z "$port" ] || break
    kill -0 "$server" 2>/dev/null || break
    sleep 0.1
done
[ -n "$port" ] || { cat "$log"; exit 1; }
"$python" - "$port" <<'PYTHON'
import sys, urllib.request
put = urllib.request.Request(f"http://127.0.0.1:{sys.argv[1]}/carnet", method="PUT")
urllib.request.urlopen(put).read()
PYTHON

CARNET_TEST_S3="http://127.0.0.1:$port/carnet" "$@"
