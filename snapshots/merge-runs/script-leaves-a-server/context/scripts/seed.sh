#!/bin/bash
set -e
database --listen 5432 &
sleep 1
database-client --execute seed.sql
