FROM scratch AS empty

FROM empty AS Builder
COPY . /src

FROM scratch
COPY --from=builder /src /src
COPY --from=0 / /
COPY --from=Later / /later

FROM builder AS later
