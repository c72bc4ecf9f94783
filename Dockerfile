# docs: deploy/README.md. Its steps are tried by `make image-steps` where no engine is at hand.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY deploy/image ./deploy/image
COPY bot ./bot
COPY db ./db
COPY seat ./seat
COPY playground ./playground
COPY checklists ./checklists
COPY templates ./templates
RUN deploy/image/build /opt/customer-seat

FROM python:3.11-slim-bookworm
# A number, so that an engine can see that it is not root's.
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin seat \
    && install -d -o 10001 -g 10001 -m 700 /data
COPY --from=build /opt/customer-seat /opt/customer-seat
COPY deploy/image/healthy /usr/local/bin/healthy
ENV PATH=/opt/customer-seat/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOST=0.0.0.0 \
    PORT=3000 \
    HOME=/data
# A library asks for its user's home when it is imported, also where an engine gives it a user of
# its own that has none.
# DATABASE_URL is not set here, so that a file may hold it: in this folder SQLite's default is
# /data/customer-seat.db.
WORKDIR /data
VOLUME /data
USER 10001:10001
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 CMD ["healthy"]
ENTRYPOINT ["customer-seat"]
CMD ["serve"]
