# One image for web server, workers, scheduler and migration: docker-compose.yml gives each its command.

FROM node:24-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM python:3.11-slim AS packages
RUN pip install --no-cache-dir uv==0.13.9
COPY requirements/base.txt /build/base.txt
RUN python -m venv /opt/venv && uv pip sync --require-hashes --python /opt/venv/bin/python /build/base.txt

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    DJANGO_SETTINGS_MODULE=temp_portal.settings.production \
    STATIC_ROOT=/srv/static \
    VAR_DIR=/srv/var
RUN useradd --uid 10001 --no-create-home --home-dir /srv/var portal \
    && install -d -o portal -g portal /srv/var /srv/var/files
WORKDIR /srv/portal
COPY --from=packages /opt/venv /opt/venv
COPY --from=assets /build/node_modules node_modules
COPY . .
# Collecting needs the settings, which insist on addresses; nothing is contacted.
RUN python -m temp_portal.core.catalogues \
    && SECRET_KEY=build ALLOWED_HOSTS=build SITE_URL=https://build DATABASE_URL=postgresql://build/build \
       REDIS_URL=redis://build EMAIL_URL=smtp://build python manage.py collectstatic --no-input
USER portal
VOLUME /srv/var
EXPOSE 8000
CMD ["granian", "--interface", "wsgi", "temp_portal.wsgi:application"]
