# Both stages need the same Python: what the first one installs, the second one runs.
ARG PYTHON_IMAGE=python:3.13-slim-trixie

FROM ${PYTHON_IMAGE} AS build
WORKDIR /src
COPY deploy/build-requirements.txt deploy/requirements.txt deploy/write-sbom deploy/
RUN python3 -m venv /opt/build \
 && /opt/build/bin/pip install --no-cache-dir --require-hashes -r deploy/build-requirements.txt
RUN python3 -m venv --without-pip /opt/common-ground \
 && /opt/build/bin/pip --python /opt/common-ground install --no-cache-dir --require-hashes -r deploy/requirements.txt
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY storage storage
COPY handlers handlers
COPY bot bot
RUN /opt/build/bin/hatchling build --target wheel \
 && /opt/build/bin/pip --python /opt/common-ground install --no-cache-dir --no-deps dist/*.whl \
 && mkdir -p /opt/common-ground/share \
 && deploy/write-sbom /opt/build /opt/common-ground /opt/common-ground/share/sbom.cdx.json

FROM ${PYTHON_IMAGE}
LABEL org.opencontainers.image.title="Common Ground" \
      org.opencontainers.image.description="A Slack bot that keeps a team's words, owners, decisions and data agreements" \
      org.opencontainers.image.licenses="MIT"
RUN groupadd --gid 10001 common-ground \
 && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/common-ground --shell /usr/sbin/nologin common-ground \
 && install --directory --mode 0700 --owner common-ground --group common-ground /var/lib/common-ground
COPY --from=build /opt/common-ground /opt/common-ground
ENV PATH=/opt/common-ground/bin:$PATH \
    DATABASE_URL=sqlite:////var/lib/common-ground/common-ground.db \
    HOST=0.0.0.0 \
    PORT=3000 \
    LOG_FORMAT=json
# By number, for Kubernetes can tell of no name that it is not root's.
USER 10001:10001
WORKDIR /var/lib/common-ground
VOLUME /var/lib/common-ground
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python3", "-I", "-m", "bot.transport.healthy"]
ENTRYPOINT ["common-ground"]
CMD ["run"]
