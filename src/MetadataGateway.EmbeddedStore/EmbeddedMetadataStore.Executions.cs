using Grpc.Core;
using MetadataGateway.EmbeddedStore.Contexts;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Types;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore;

public sealed partial class EmbeddedMetadataStore
{
    /// <inheritdoc/>
    public override Task<PutExecutionsResponse> PutExecutions(PutExecutionsRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            var update = new NodeUpdate(UpdateMask.From(request.UpdateMask));
            var response = new PutExecutionsResponse();
            foreach (var execution in request.Executions)
                response.ExecutionIds.Add(executions.Writer.Put(connection, execution, update));
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetExecutionsResponse> GetExecutions(GetExecutionsRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var page = executions.Lists.All(connection, request.Options);
            var response = new GetExecutionsResponse { Executions = { page.Nodes } };
            if (page.NextPageToken is { } token)
                response.NextPageToken = token;
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetExecutionsByIDResponse> GetExecutionsByID(GetExecutionsByIDRequest request, ServerCallContext context) =>
        Read(context, connection => new GetExecutionsByIDResponse
        {
            Executions = { executions.Reader.FindMany(connection, request.ExecutionIds) },
        });

    /// <inheritdoc/>
    public override Task<GetExecutionsByTypeResponse> GetExecutionsByType(GetExecutionsByTypeRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var response = new GetExecutionsByTypeResponse();
            if (executions.Lists.OfType(connection, request.TypeName, request.TypeVersion, request.Options) is not { } page)
                return response;
            response.Executions.Add(page.Nodes);
            // Unlike the other lists, MLMD gives an empty token after the last page of this one.
            if (request.Options is not null)
                response.NextPageToken = page.NextPageToken ?? "";
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetExecutionByTypeAndNameResponse> GetExecutionByTypeAndName(
        GetExecutionByTypeAndNameRequest request, ServerCallContext context) =>
        Read(context, connection => new GetExecutionByTypeAndNameResponse
        {
            Execution = TypeReader.IdOf(connection, NodeKind.Execution, request.TypeName, request.TypeVersion) is { } typeId
                ? executions.Reader.Find(connection, typeId, request.ExecutionName)
                : null,
        });

    /// <inheritdoc/>
    public override Task<GetExecutionsByExternalIdsResponse> GetExecutionsByExternalIds(
        GetExecutionsByExternalIdsRequest request, ServerCallContext context) =>
        Read(context, connection => new GetExecutionsByExternalIdsResponse
        {
            Executions =
            {
                ExternalIds.Find(request.ExternalIds, executions.Shape.Word, ids => executions.Reader.ByExternalIds(connection, ids)),
            },
        });

    /// <inheritdoc/>
    public override Task<GetExecutionsByContextResponse> GetExecutionsByContext(GetExecutionsByContextRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var response = new GetExecutionsByContextResponse();
            if (executions.Lists.OfContext(connection, ContextLinks.Associations, request.ContextId, request.Options) is not { } page)
                return response;
            response.Executions.Add(page.Nodes);
            if (page.NextPageToken is { } token)
                response.NextPageToken = token;
            return response;
        });
}
