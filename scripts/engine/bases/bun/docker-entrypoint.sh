#!/bin/sh
set -e
# Arguments that are no command are options or a file for Bun.
if [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ]; then
  set -- /usr/local/bin/bun "$@"
fi
exec "$@"
