using Grpc.Core;
using MetadataGateway.EmbeddedStore.Contexts;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore;

public sealed partial class EmbeddedMetadataStore
{
    /// <inheritdoc/>
    public override Task<PutAttributionsAndAssociationsResponse> PutAttributionsAndAssociations(
        PutAttributionsAndAssociationsRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            foreach (var attribution in request.Attributions)
            {
                if (!contexts.Reader.Exists(connection, attribution.ContextId))
                    throw contexts.Shape.Missing(attribution.ContextId);
                if (!artifacts.Reader.Exists(connection, attribution.ArtifactId))
                    throw artifacts.Shape.Missing(attribution.ArtifactId);
                ContextLinks.Attribute(connection, attribution.ContextId, attribution.ArtifactId);
            }
            foreach (var association in request.Associations)
            {
                if (!contexts.Reader.Exists(connection, association.ContextId))
                    throw contexts.Shape.Missing(association.ContextId);
                if (!executions.Reader.Exists(connection, association.ExecutionId))
                    throw executions.Shape.Missing(association.ExecutionId);
                ContextLinks.Associate(connection, association.ContextId, association.ExecutionId);
            }
            return new PutAttributionsAndAssociationsResponse();
        });

    /// <inheritdoc/>
    public override Task<PutParentContextsResponse> PutParentContexts(PutParentContextsRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            foreach (var link in request.ParentContexts)
                parentContexts.Insert(connection, link);
            return new PutParentContextsResponse();
        });

    /// <inheritdoc/>
    public override Task<GetContextsByArtifactResponse> GetContextsByArtifact(GetContextsByArtifactRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var found = contexts.Reader.Select(connection, ContextLinks.ContextsOfArtifact(request.ArtifactId));
            // MLMD does not tell an unknown artifact from one without contexts.
            return found.Count == 0
                ? throw StoreStatus.NotFound($"There are no contexts of the artifact with id {request.ArtifactId}.")
                : new GetContextsByArtifactResponse { Contexts = { found } };
        });

    /// <inheritdoc/>
    public override Task<GetContextsByExecutionResponse> GetContextsByExecution(GetContextsByExecutionRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            var found = contexts.Reader.Select(connection, ContextLinks.ContextsOfExecution(request.ExecutionId));
            // MLMD does not tell an unknown execution from one without contexts.
            return found.Count == 0
                ? throw StoreStatus.NotFound($"There are no contexts of the execution with id {request.ExecutionId}.")
                : new GetContextsByExecutionResponse { Contexts = { found } };
        });

    /// <inheritdoc/>
    public override Task<GetParentContextsByContextResponse> GetParentContextsByContext(
        GetParentContextsByContextRequest request, ServerCallContext context) =>
        Read(context, connection => new GetParentContextsByContextResponse
        {
            Contexts = { contexts.Reader.Select(connection, ParentContexts.ParentsOf(request.ContextId)) },
        });

    /// <inheritdoc/>
    public override Task<GetChildrenContextsByContextResponse> GetChildrenContextsByContext(
        GetChildrenContextsByContextRequest request, ServerCallContext context) =>
        Read(context, connection => new GetChildrenContextsByContextResponse
        {
            Contexts = { contexts.Reader.Select(connection, ParentContexts.ChildrenOf(request.ContextId)) },
        });

    /// <inheritdoc/>
    public override Task<GetParentContextsByContextsResponse> GetParentContextsByContexts(
        GetParentContextsByContextsRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            if (request.ContextIds.Count == 0)
                throw StoreStatus.InvalidArgument("context_ids is empty.");
            var response = new GetParentContextsByContextsResponse();
            foreach (var id in request.ContextIds.Distinct())
                if (contexts.Reader.Select(connection, ParentContexts.ParentsOf(id)) is { Count: > 0 } found)
                    response.Contexts.Add(id, new GetParentContextsByContextsResponse.Types.ParentContextsPerChild { ParentContexts = { found } });
            return response;
        });

    /// <inheritdoc/>
    public override Task<GetChildrenContextsByContextsResponse> GetChildrenContextsByContexts(
        GetChildrenContextsByContextsRequest request, ServerCallContext context) =>
        Read(context, connection =>
        {
            if (request.ContextIds.Count == 0)
                throw StoreStatus.InvalidArgument("context_ids is empty.");
            var response = new GetChildrenContextsByContextsResponse();
            foreach (var id in request.ContextIds.Distinct())
                if (contexts.Reader.Select(connection, ParentContexts.ChildrenOf(id)) is { Count: > 0 } found)
                    response.Contexts.Add(id, new GetChildrenContextsByContextsResponse.Types.ChildrenContextsPerParent { ChildrenContexts = { found } });
            return response;
        });
}
