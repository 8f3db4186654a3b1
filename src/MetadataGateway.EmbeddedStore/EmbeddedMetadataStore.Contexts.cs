using Grpc.Core;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Types;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore;

public sealed partial class EmbeddedMetadataStore
{
    /// <inheritdoc/>
    public override Task<PutContextsResponse> PutContexts(PutContextsRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            var update = new NodeUpdate(UpdateMask.From(request.UpdateMask));
            var response = new PutContextsResponse();
            foreach (var context in request.Contexts)
                response.ContextIds.Add(contexts.Writer.Put(connection, context, update));
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetContextsResponse> GetContexts(GetContextsRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var page = contexts.Lists.All(connection, request.Options);
            var response = new GetContextsResponse { Contexts = { page.Nodes } };
            if (page.NextPageToken is { } token)
                response.NextPageToken = token;
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetContextsByIDResponse> GetContextsByID(GetContextsByIDRequest request, ServerCallContext context) =>
        Read(context, connection => new GetContextsByIDResponse
        {
            Contexts = { contexts.Reader.FindMany(connection, request.ContextIds) },
        });

    /// <inheritdoc/>
    public override Task<GetContextsByTypeResponse> GetContextsByType(GetContextsByTypeRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var response = new GetContextsByTypeResponse();
            if (contexts.Lists.OfType(connection, request.TypeName, request.TypeVersion, request.Options) is not { } page)
                return response;
            response.Contexts.Add(page.Nodes);
            // Unlike the other lists, MLMD gives an empty token after the last page of this one.
            if (request.Options is not null)
                response.NextPageToken = page.NextPageToken ?? "";
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetContextByTypeAndNameResponse> GetContextByTypeAndName(
        GetContextByTypeAndNameRequest request, ServerCallContext context) =>
        Read(context, connection => new GetContextByTypeAndNameResponse
        {
            Context = TypeReader.IdOf(connection, NodeKind.Context, request.TypeName, request.TypeVersion) is { } typeId
                ? contexts.Reader.Find(connection, typeId, request.ContextName)
                : null,
        });

    /// <inheritdoc/>
    public override Task<GetContextsByExternalIdsResponse> GetContextsByExternalIds(
        GetContextsByExternalIdsRequest request, ServerCallContext context) =>
        Read(context, connection => new GetContextsByExternalIdsResponse
        {
            Contexts =
            {
                ExternalIds.Find(request.ExternalIds, contexts.Shape.Word, ids => contexts.Reader.ByExternalIds(connection, ids)),
            },
        });
}
