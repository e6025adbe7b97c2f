FROM debian:12
RUN <<EOF
cat > /one <<END
text
END
EOF
RUN <<EOF
touch /two
EOF
