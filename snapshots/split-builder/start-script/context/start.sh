#!/bin/sh
set -e
test -n "$SECRET"
exec "$@"
