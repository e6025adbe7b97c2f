#!/bin/sh
set -e
# Arguments that are no command are options or a script for node.
if [ "${1#-}" != "${1}" ] || [ -z "$(command -v "${1}")" ]; then
  set -- node "$@"
fi
exec "$@"
