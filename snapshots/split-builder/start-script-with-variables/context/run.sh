#!/bin/sh
set -e
java="$JAVA_HOME/bin/java"
main=Tides
"$JAVA_HOME/bin/java" -version
exec "${JAVA_HOME}/bin/java" $JAVA_OPTS -cp classes $main
