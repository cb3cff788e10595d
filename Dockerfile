# One image for the server, the worker and the migrations: `proli serve`, `proli worker`, `proli migrate`.
FROM node:24-slim AS console
WORKDIR /src/web
COPY web/package.json web/package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY web/ ./
RUN npm run build

FROM python:3.13-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
RUN python -m venv /opt/proli
COPY requirements/runtime.txt requirements/voice.txt requirements/
RUN /opt/proli/bin/pip install --no-deps --require-hashes -r requirements/runtime.txt \
    && /opt/proli/bin/pip install --no-deps --require-hashes -r requirements/voice.txt
COPY pyproject.toml README.md LICENSE NOTICE ./
COPY proli/ proli/
COPY migrations/ migrations/
COPY --from=console /src/proli/static/ proli/static/
RUN /opt/proli/bin/python -m hatchling build --target wheel --directory /tmp/wheel \
    && /opt/proli/bin/pip install --no-deps /tmp/wheel/proli-*.whl

FROM python:3.13-slim
# The voice that calls have without a provider of speech, a process of its own.
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends espeak-ng && rm -rf /var/lib/apt/lists/*
RUN useradd --system --uid 10001 --home-dir /var/lib/proli --create-home --shell /usr/sbin/nologin proli \
    && install --directory --owner=10001 /var/lib/proli/backups
COPY --from=build /opt/proli /opt/proli
ENV PATH=/opt/proli/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PROLI_HOME=/var/lib/proli \
    PROLI_HTTP_HOST=0.0.0.0
USER 10001
WORKDIR /var/lib/proli
EXPOSE 8700
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8700/healthz', timeout=4)"]
ENTRYPOINT ["proli"]
CMD ["serve", "--no-worker"]
