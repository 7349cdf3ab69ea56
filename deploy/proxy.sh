#!/bin/sh
# Starts nginx before copies of the app, from deploy/nginx.conf.in. Settings, from the environment:
#   SERVERS          copies of the app, as "host:port host:port"; a name may stand for several, which
#                    are looked up once, now
#   STATIC_DIR       the app's static files
#   RUN_DIR          a folder that nginx may write to, for its own files
#   LISTEN           where to listen (8080)
#   FRAME_ANCESTORS  who may show a map with ?embed=true in a frame (*: any site); a list, as in the
#                    policy of that name, such as "https://www.example.gov.uk"; 'none' for nobody
#   HTTPS            "yes" where readers come by https only, through whatever ends it before nginx
set -eu
: "${SERVERS:?Name the copies of the app: SERVERS=\"host:port host:port\"}"
: "${STATIC_DIR:?Say where the app's static files are: STATIC_DIR=/srv/common-ground/static}"
: "${RUN_DIR:?Name a folder that nginx may write to: RUN_DIR=/run/common-ground}"
here=$(cd "$(dirname "$0")" && pwd)
# A reader is kept at one copy by what nginx is told here: of a name that stands for several copies
# it would ask one after another. So each gets a line of its own.
servers=""
for server in $SERVERS; do
    host=${server%:*} port=${server##*:}
    host=${host#[} host=${host%]}
    copies=$(getent ahostsv4 "$host" || getent ahostsv6 "$host" || true)
    copies=$(printf '%s\n' "$copies" | awk '{ print $1 }' | sort -u)
    [ -n "$copies" ] || { echo "SERVERS names $host, which no address is known of" >&2; exit 1; }
    for copy in $copies; do
        case $copy in *:*) copy="[$copy]" ;; esac
        servers="$servers server $copy:$port max_fails=1 fail_timeout=5s;"
    done
done
user="" modules="" compression="" secure="" strict="" scheme='$scheme' flags=""
[ "$(id -u)" != 0 ] || user="user $(id -un);"
brotli=/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so
if [ -f "$brotli" ]; then
    modules="load_module $brotli;"
    compression="brotli on; brotli_comp_level 5; brotli_types text/css application/json"
    compression="$compression application/javascript text/javascript image/svg+xml;"
fi
if [ "${HTTPS:-no}" = yes ]; then
    secure="; Secure"
    # Whatever ends https before nginx speaks http to it.
    scheme=https
    flags="proxy_cookie_flags ~ secure;"
    strict='add_header Strict-Transport-Security "max-age=31536000" always;'
fi

# Values go through sed: its own signs in them are made plain.
fill() { printf 's|@%s@|%s|g\n' "$1" "$(printf %s "$2" | sed 's/[\\&|]/\\&/g')"; }
{
    fill USER "$user"
    fill MODULES "$modules"
    fill COMPRESSION "$compression"
    fill RUN_DIR "$RUN_DIR"
    fill STATIC_DIR "${STATIC_DIR%/}"
    fill MIME_TYPES "${MIME_TYPES:-/etc/nginx/mime.types}"
    fill SERVERS "${servers# }"
    fill LISTEN "${LISTEN:-8080}"
    fill FRAME_ANCESTORS "${FRAME_ANCESTORS:-*}"
    fill SECURE "$secure"
    fill STRICT "$strict"
    fill SCHEME "$scheme"
    fill COOKIE_FLAGS "$flags"
} > "$RUN_DIR/words.sed"
sed -f "$RUN_DIR/words.sed" "$here/nginx.conf.in" > "$RUN_DIR/nginx.conf"
exec nginx -c "$RUN_DIR/nginx.conf" -e stderr "$@"
