#!/bin/sh
# `docker run IMAGE --version`, `docker run IMAGE server.ts`: options and files are for Bun, commands are run as they are.
case $1 in
  -*) false ;;
  *) command -v "$1" >/dev/null ;;
esac || set -- /usr/local/bin/bun "$@"
exec "$@"
