FROM debian:12
RUN --mount=type=tmpfs,target=/scratch touch /scratch/one
RUN --mount=type=tmpfs,target=/scratch test ! -e /scratch/one
