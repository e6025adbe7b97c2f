#!/bin/sh
goose up
exec ./server
