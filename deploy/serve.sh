#!/bin/sh
# One copy of the app, as a service: for anyone who reaches it, without a terminal or a home folder.
# PORT (8501) and ADDRESS (every one) say where it listens.
set -eu
cd "$(dirname "$0")/.."
# Streamlit and the libraries look for a home; typst and uploads for a place for passing files.
export HOME="${TMPDIR:-/tmp}" XDG_CACHE_HOME="${TMPDIR:-/tmp}" MPLCONFIGDIR="${TMPDIR:-/tmp}"
exec "${PYTHON:-python}" -m streamlit run app.py \
    --server.headless=true \
    --server.port="${PORT:-8501}" \
    --server.address="${ADDRESS:-0.0.0.0}" \
    --server.disconnectedSessionTTL="${KEEP_S:-60}" \
    --browser.gatherUsageStats=false
