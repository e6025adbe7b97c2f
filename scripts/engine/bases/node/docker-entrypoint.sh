#!/bin/sh
# `docker run IMAGE --version`, `docker run IMAGE server.js`: options and files are for Node, commands are run as they are.
case $1 in
  -*) false ;;
  *) command -v "$1" >/dev/null ;;
esac || set -- node "$@"
exec "$@"
