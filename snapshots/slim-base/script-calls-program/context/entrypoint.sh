#!/bin/sh
until curl -fsS http://database:9000/health; do sleep 1; done
exec "$@"
