FROM python:3.12-bookworm
ENV LANG=de_DE.UTF-8
RUN apt-get update && apt-get install -y --no-install-recommends gettext-base locales
COPY shop /srv/shop
CMD ["python", "/srv/shop/main.py"]
