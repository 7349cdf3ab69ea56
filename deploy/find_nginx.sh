#!/bin/sh
# Finds nginx for the tests of deploy/, or installs Debian's where that is possible.
PATH="$PATH:/usr/sbin" command -v nginx >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1 && [ "$(id -u)" = 0 ]; then
    echo "No nginx here: installing Debian's for the tests of deploy/."
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nginx >/dev/null && exit 0
fi
echo "WARNING: no nginx found and none could be installed: the tests of deploy/ WILL BE SKIPPED." >&2
exit 0
