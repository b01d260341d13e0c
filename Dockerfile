# One image for the registry, member nodes, joint views and the command line: the command chooses.
#   docker build --tag accord .
#   docker run --rm accord dist/apps/accord/src/main.js --help

FROM node:24.21.0-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts scripts
COPY apps apps
COPY libs libs
RUN npm run build && find dist '(' -name '*.map' -o -name '.tsbuildinfo' ')' -delete

FROM node:24.21.0-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
# TypeScript is an optional peer that nothing uses at run time.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/typescript

FROM node:24.21.0-slim
# A service needs no package manager. The data directory is node's: a new volume mounted there is, too.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /opt/yarn* /usr/local/bin/yarn* \
  && install -d -o node -g node -m 0700 /var/lib/accord
ENV NODE_ENV=production ACCORD_HOME=/var/lib/accord
WORKDIR /app
# What runs can't be changed by who runs it: all of it is root's.
COPY package.json LICENSE ./
COPY seeds seeds
COPY deploy/endpoints.json deploy/
COPY --from=dependencies /app/node_modules node_modules
COPY --from=build /app/dist dist
# By number: who starts it can then see that it isn't root.
USER 1000:1000
# For services; PORT is their setting. Commands of the command line end before anyone asks.
HEALTHCHECK --interval=10s --timeout=5s --start-period=90s --start-interval=2s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# kafkajs asks for timeouts below zero.
ENTRYPOINT ["node", "--disable-warning=TimeoutNegativeWarning"]
CMD ["dist/apps/accord/src/main.js", "--help"]
