using Google.Protobuf;
using Google.Protobuf.Collections;
using Grpc.Core;
using MetadataGateway.EmbeddedStore.Contexts;
using MetadataGateway.EmbeddedStore.Events;
using MetadataGateway.EmbeddedStore.Nodes;
using MetadataGateway.EmbeddedStore.Sqlite;
using MetadataGateway.EmbeddedStore.Types;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore;

public sealed partial class EmbeddedMetadataStore
{
    /// <inheritdoc/>
    /// <remarks>The order of the steps is MLMD's: it decides which of several faults is reported.</remarks>
    public override Task<PutLineageSubgraphResponse> PutLineageSubgraph(PutLineageSubgraphRequest request, ServerCallContext context) =>
        Write(context, connection =>
        {
            foreach (var edge in request.EventEdges)
                EventEdgeCheck.Check(edge, request);
            CheckTypes(connection, artifacts, request.Artifacts);
            CheckTypes(connection, executions, request.Executions);
            CheckTypes(connection, contexts, request.Contexts);

            var options = request.Options ?? new PutLineageSubgraphRequest.Types.Options();
            var response = new PutLineageSubgraphResponse();
            foreach (var given in request.Contexts)
                response.ContextIds.Add(contextReuse.Put(connection, given, options.ReuseContextIfAlreadyExist, reuseById: false));
            PutSubgraphArtifacts(connection, request.Artifacts, options.ReuseArtifactIfAlreadyExistByExternalId, response);
            foreach (var execution in request.Executions)
                response.ExecutionIds.Add(executions.Writer.Put(connection, execution));
            LinkSubgraph(connection, response);
            foreach (var edge in request.EventEdges)
                events.Insert(
                    connection,
                    edge.Event,
                    edge.Event.HasArtifactId ? edge.Event.ArtifactId : response.ArtifactIds[edge.ArtifactIndex],
                    edge.Event.HasExecutionId ? edge.Event.ExecutionId : response.ExecutionIds[edge.ExecutionIndex]);
            return response;
        });

    private static void CheckTypes<TNode>(StoreConnection connection, NodeSet<TNode> set, RepeatedField<TNode> nodes)
        where TNode : class, IMessage<TNode>, IDeepCloneable<TNode>
    {
        foreach (var node in nodes)
            if (set.Shape.TypeId(node) is null)
                throw StoreStatus.InvalidArgument($"The {set.Shape.Describe(node)} has no type_id.");
        foreach (var typeId in nodes.Select(node => set.Shape.TypeId(node)!.Value).Distinct())
            if (!TypeReader.Exists(connection, set.Shape.Kind, typeId))
                throw StoreStatus.NotFound($"There is no {set.Shape.Word} type with id {typeId}.");
        foreach (var node in nodes)
            set.Writer.CheckProperties(connection, set.Shape.TypeId(node)!.Value, node);
    }

    private void PutSubgraphArtifacts(
        StoreConnection connection, RepeatedField<Artifact> given, bool reuse, PutLineageSubgraphResponse response)
    {
        // Unlike PutExecution, which looks before each: two new artifacts of one external id collide here.
        var stored = reuse ? IdsByExternalId(connection, given) : [];
        foreach (var artifact in given)
            response.ArtifactIds.Add(artifacts.Writer.Put(connection, Reused(artifact, stored)));
    }

    private static void LinkSubgraph(StoreConnection connection, PutLineageSubgraphResponse response)
    {
        foreach (var contextId in response.ContextIds)
        {
            foreach (var executionId in response.ExecutionIds)
                ContextLinks.Associate(connection, contextId, executionId);
            foreach (var artifactId in response.ArtifactIds)
                ContextLinks.Attribute(connection, contextId, artifactId);
        }
    }
}
