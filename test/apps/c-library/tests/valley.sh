#!/bin/sh
./weather & curl -s localhost:8080/valley | grep sun
