#!/bin/sh
. /app/environment
exec "$@"
