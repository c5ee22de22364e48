#!/usr/bin/env bash
# Makes the pictures of the README from the demo, in docs/screenshots.
#
#   docs/screenshots.sh [BINARY]     BINARY: an already built plenum; without it, it is built
#
# Needs Debian's chromium, chromium-driver and curl, and chromium-l10n for fields of
# dates as a Vietnamese browser shows them; makes pictures smaller where pngquant or
# optipng is there. Everything it starts, it stops.
set -euo pipefail
cd "$(dirname "$0")/.."

fail() {
    echo "screenshots: $*" >&2
    exit 1
}

for tool in chromium chromedriver curl base64; do
    command -v "$tool" >/dev/null || fail "please install $tool"
done

plenum=${1:-}
if [[ -z $plenum ]]; then
    cargo build --release -p plenum-app --bin plenum
    plenum=target/release/plenum
fi

scratch=$(mktemp -d "${TMPDIR:-/tmp}/plenum-pictures.XXXXXX")
started=()
tidy() {
    [[ -z ${session:-} ]] || curl -s -X DELETE "$driver/session/$session" >/dev/null || true
    local pid
    for pid in "${started[@]}"; do kill -TERM -- "-$pid" 2>/dev/null || true; done
    for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$scratch"
}
trap tidy EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

free_port() {
    local port
    while :; do
        port=$((20000 + RANDOM % 20000))
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
    done
    echo "$port"
}

start() { # start PORT COMMAND…: in a group of its own, until it listens
    local port=$1 tries=0
    shift
    LANGUAGE=vi setsid "$@" >"$scratch/$port.log" 2>&1 </dev/null &
    started+=("$!")
    until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do
        kill -0 "${started[-1]}" 2>/dev/null && ((++tries < 1200)) || fail "$1 did not start: $(tail -n 3 "$scratch/$port.log")"
        sleep 0.1
    done
}

port=$(free_port)
start "$port" "$plenum" demo --database "sqlite:$scratch/demo.db" --listen "127.0.0.1:$port"
site="http://127.0.0.1:$port"
driver_port=$(free_port)
start "$driver_port" chromedriver --port="$driver_port" --allowed-ips=127.0.0.1
driver="http://127.0.0.1:$driver_port"

# --- a browser over WebDriver ---------------------------------------------------

ask() { # ask METHOD PATH [JSON]
    curl -s -X "$1" "$driver/session/$session$2" -H 'content-type: application/json' -d "${3:-{\}}"
}

open_browser() {
    local options='"--headless=new","--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--hide-scrollbars","--lang=vi","--disable-background-networking","--disable-component-update","--disable-sync","--force-color-profile=srgb"'
    session=$(curl -s -X POST "$driver/session" -H 'content-type: application/json' -d \
        "{\"capabilities\":{\"alwaysMatch\":{\"browserName\":\"chrome\",\"goog:chromeOptions\":{\"binary\":\"$(command -v chromium)\",\"args\":[$options,\"--user-data-dir=$scratch/browser\"]}}}}" |
        sed -n 's/.*"sessionId":"\([^"]*\)".*/\1/p')
    [[ -n $session ]] || fail "the browser did not open"
    ask POST /goog/cdp/execute '{"cmd":"Emulation.setTimezoneOverride","params":{"timezoneId":"Asia/Ho_Chi_Minh"}}' >/dev/null
}

size() { # size WIDTH HEIGHT PHONE(true|false)
    ask POST /goog/cdp/execute "{\"cmd\":\"Emulation.setDeviceMetricsOverride\",\"params\":{\"width\":$1,\"height\":$2,\"deviceScaleFactor\":1,\"mobile\":$3}}" >/dev/null
}

scheme() { # scheme light|dark
    ask POST /goog/cdp/execute "{\"cmd\":\"Emulation.setEmulatedMedia\",\"params\":{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"$1\"}]}}" >/dev/null
}

go() { ask POST /url "{\"url\":\"$site$1\"}" >/dev/null; }

run() { ask POST /execute/sync "{\"script\":\"$1\",\"args\":[]}" >/dev/null; }

log_in() { # log_in NAME: the demo's door fills the password in
    ask DELETE /cookie >/dev/null
    go "/login?as=$1"
    run "document.querySelector('main form').requestSubmit()"
    local tries=0
    while ask GET /url | grep -q '/login'; do
        ((++tries < 100)) || fail "could not log in as $1"
        sleep 0.1
    done
}

picture() { # picture NAME
    sleep 1
    local file="docs/screenshots/$1.png"
    ask GET /screenshot | sed -n 's/.*"value":"\([^"]*\)".*/\1/p' | base64 -d >"$file"
    if command -v pngquant >/dev/null; then
        pngquant --force --strip --skip-if-larger --quality 70-95 --output "$file" "$file" || true
    elif command -v optipng >/dev/null; then
        optipng -quiet "$file"
    fi
    local bytes
    bytes=$(wc -c <"$file")
    ((bytes > 5000)) || fail "$file is empty"
    ((bytes < 250000)) || fail "$file has $bytes bytes: more than 250,000"
    echo "$file $bytes"
}

mkdir -p docs/screenshots
open_browser
scheme light

log_in vanphong
size 1280 1400 false
go "/s/cam-le-2020/progress?unit=CL&on=2020-03-02&with=2020-02-02"
picture progress
size 1280 900 false
go "/s/cam-le-2020/report?unit=CL&on=2020-03-02"
picture report
go "/s/an-khe-2024/findings"
picture findings
size 1440 810 false
go "/s/cam-le-2020/wall?unit=CL&on=2020-03-02"
picture wall
log_in chibo12
size 1280 1000 false
go "/s/cam-le-2020/elections?unit=CL-KT-12"
run "document.querySelector('main a[href*=\\\"/elections/\\\"]').click()"
picture election
size 360 760 true
log_in bithu
go "/r/cam-le-2020/CL-HP-15"
picture phone
