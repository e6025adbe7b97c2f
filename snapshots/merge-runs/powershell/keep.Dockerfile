FROM debian:12
SHELL ["pwsh", "-Command"]
RUN Write-Host one
RUN Write-Host two
