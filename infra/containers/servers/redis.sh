#!/bin/sh
# Gives the data to Redis's own user and becomes that, as the official image's entry point does.
set -eu

if [ "$(id -u)" = 0 ]; then
  find . \! -user redis -exec chown redis {} +
  exec gosu redis "$0" "$@"
fi

umask 0077
exec "$@"
