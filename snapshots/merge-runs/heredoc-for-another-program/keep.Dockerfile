FROM python:3.12
RUN python3 <<EOF
print(1)
EOF
RUN <<EOF
#!/usr/bin/env python3
print(2)
EOF
RUN cat <<EOF > /motd
welcome
EOF
RUN touch /three
