#!/bin/sh
exec host --load libserver.so
