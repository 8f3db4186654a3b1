# The gateway in a container: docs at the ENV lines below and in charts/metadata-gateway/README.md.
#
# .ci/image.sh plays these instructions without a container engine. It knows the few that stand here and stops at
# any other; RUN lines may use only paths relative to WORKDIR.

# Builds on the builder's own architecture, for the target's.
FROM --platform=$BUILDPLATFORM mcr.microsoft.com/dotnet/sdk:10.0 AS build
ARG TARGETARCH
WORKDIR /source

# What restore reads comes first: a change in the code alone finds this layer in the cache.
COPY global.json Directory.Build.props Directory.Packages.props ./
COPY src/MetadataGateway/MetadataGateway.csproj src/MetadataGateway/packages.lock.json src/MetadataGateway/
COPY src/MetadataGateway.EmbeddedStore/MetadataGateway.EmbeddedStore.csproj src/MetadataGateway.EmbeddedStore/packages.lock.json src/MetadataGateway.EmbeddedStore/
COPY src/MetadataGateway.Protos/MetadataGateway.Protos.csproj src/MetadataGateway.Protos/packages.lock.json src/MetadataGateway.Protos/
RUN dotnet restore src/MetadataGateway --locked-mode --arch $TARGETARCH -p:PublishReadyToRun=true

COPY .editorconfig ./
COPY protos/ protos/
COPY src/ src/
# Compiled ahead of time for a fast start. The OpenAPI document is not written: that runs the service during the build.
RUN dotnet publish src/MetadataGateway --no-restore --configuration Release --arch $TARGETARCH --output app -p:PublishReadyToRun=true -p:OpenApiGenerateDocumentsOnBuild=false
RUN mkdir data

# Chiseled: no shell, no package manager.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled
ARG VERSION=0.1.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Metadata Gateway" \
      org.opencontainers.image.description="REST/JSON gateway for ML Metadata (MLMD), with an embedded store" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version=$VERSION \
      org.opencontainers.image.revision=$REVISION

WORKDIR /app
COPY --from=build /source/app ./
COPY --from=build --chown=1654:1654 /source/data /data

# Only /data is written, so the root file system may be read-only. SQLite spills large sorts to TMPDIR, and the
# runtime's diagnostics would open a socket there. The base image's ASPNETCORE_HTTP_PORTS gives way to ASPNETCORE_URLS.
# Embedded MLMD service: a container's own loopback is of no use to the SDKs outside, so gRPC listens on every
# address here; it stays inside until port 9090 is published. Empty turns it off.
ENV ASPNETCORE_URLS=http://+:8080 \
    ASPNETCORE_HTTP_PORTS= \
    EmbeddedStore__DatabasePath=/data/metadata.db \
    EmbeddedStore__GrpcUrl=http://0.0.0.0:9090 \
    DOTNET_EnableDiagnostics=0 \
    TMPDIR=/data

VOLUME ["/data"]
EXPOSE 8080 9090

# By number, so that Kubernetes can see that it is not root.
USER 1654:1654

# The image has no curl: the service asks its own /readyz.
HEALTHCHECK --interval=30s --timeout=10s --start-period=30s --retries=3 CMD ["dotnet", "/app/MetadataGateway.dll", "--health-check"]
ENTRYPOINT ["dotnet", "/app/MetadataGateway.dll"]
