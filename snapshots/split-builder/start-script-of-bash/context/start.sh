#!/bin/bash
set -euo pipefail

wait_for() {
  until [[ -s "$1" ]]; do sleep 1; done
}

case "${MODE:-web}" in
  web | worker) ;;
  *)
    echo "unknown mode: $MODE" >&2
    exit 1
    ;;
esac

[[ -n "${SECRETS:-}" ]] && wait_for "$SECRETS"
exec "$@"
