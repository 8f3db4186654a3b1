using Grpc.Core;
using MetadataGateway.EmbeddedStore.Contexts;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MetadataGateway.EmbeddedStore.Types;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore;

public sealed partial class EmbeddedMetadataStore
{
    /// <inheritdoc/>
    public override Task<PutArtifactsResponse> PutArtifacts(PutArtifactsRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            var update = new NodeUpdate(
                UpdateMask.From(request.UpdateMask), AbortIfChanged: request.Options?.AbortIfLatestUpdatedTimeChanged ?? false);
            var response = new PutArtifactsResponse();
            foreach (var artifact in request.Artifacts)
                response.ArtifactIds.Add(artifacts.Writer.Put(connection, artifact, update));
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetArtifactsResponse> GetArtifacts(GetArtifactsRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var page = artifacts.Lists.All(connection, request.Options);
            var response = new GetArtifactsResponse { Artifacts = { page.Nodes } };
            if (page.NextPageToken is { } token)
                response.NextPageToken = token;
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetArtifactsByIDResponse> GetArtifactsByID(GetArtifactsByIDRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var found = artifacts.Reader.FindMany(connection, request.ArtifactIds);
            var response = new GetArtifactsByIDResponse { Artifacts = { found } };
            if (request.PopulateArtifactTypes)
                foreach (var typeId in found.Select(artifact => artifact.TypeId).Distinct())
                    if (TypeReader.Find(connection, NodeKind.Artifact, typeId) is { } type)
                        response.ArtifactTypes.Add(type.ToArtifactType(TypeFields.ExternalId));
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetArtifactsByTypeResponse> GetArtifactsByType(GetArtifactsByTypeRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var response = new GetArtifactsByTypeResponse();
            if (artifacts.Lists.OfType(connection, request.TypeName, request.TypeVersion, request.Options) is not { } page)
                return response;
            response.Artifacts.Add(page.Nodes);
            // Unlike the other lists, MLMD gives an empty token after the last page of this one.
            if (request.Options is not null)
                response.NextPageToken = page.NextPageToken ?? "";
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetArtifactByTypeAndNameResponse> GetArtifactByTypeAndName(
        GetArtifactByTypeAndNameRequest request, ServerCallContext context) =>
        Read(context, connection => new GetArtifactByTypeAndNameResponse
        {
            Artifact = TypeReader.IdOf(connection, NodeKind.Artifact, request.TypeName, request.TypeVersion) is { } typeId
                ? artifacts.Reader.Find(connection, typeId, request.ArtifactName)
                : null,
        });

    /// <inheritdoc/>
    public override Task<GetArtifactsByExternalIdsResponse> GetArtifactsByExternalIds(
        GetArtifactsByExternalIdsRequest request, ServerCallContext context) =>
        Read(context, connection => new GetArtifactsByExternalIdsResponse
        {
            Artifacts =
            {
                ExternalIds.Find(request.ExternalIds, artifacts.Shape.Word, ids => artifacts.Reader.ByExternalIds(connection, ids)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetArtifactsByURIResponse> GetArtifactsByURI(GetArtifactsByURIRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            if (UnknownFields.Contains(request, 1))
                throw StoreStatus.InvalidArgument("The request holds the field 'uri' of clients before 0.21. Give 'uris' instead.");
            return new GetArtifactsByURIResponse
            {
                Artifacts =
                {
                    artifacts.Reader.Select(
                        connection,
                        new FilterCondition("node.uri IN (SELECT value FROM json_each(?))", [JsonList.Of(request.Uris)]),
                        "ORDER BY node.uri, node.id"),
                },
            };
        });

    /// <inheritdoc/>
    public override Task<GetArtifactsByContextResponse> GetArtifactsByContext(GetArtifactsByContextRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var response = new GetArtifactsByContextResponse();
            if (artifacts.Lists.OfContext(connection, ContextLinks.Attributions, request.ContextId, request.Options) is not { } page)
                return response;
            response.Artifacts.Add(page.Nodes);
            if (page.NextPageToken is { } token)
                response.NextPageToken = token;
            return response;
        });
}
