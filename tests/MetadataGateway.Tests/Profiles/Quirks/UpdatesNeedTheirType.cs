using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>
/// MLMD 1.14: an update without type_id stores type_id 0, which destroys the node. It cannot be changed or linked any more, and reads that select
/// it fail, kill the server, or leave it out.
/// </summary>
internal sealed class UpdatesNeedTheirType : Quirk
{
    private readonly ConcurrentDictionary<(MessageDescriptor Kind, long Id), byte> _destroyed = new();

    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        if (!call.IsWrite)
        {
            return Read(call, await next());
        }

        if (Links(call.Request).Concat(call.Nodes.Where(node => node.Id is not null).Select(node => (node.Kind, node.Id!.Value))).Any(_destroyed.ContainsKey))
        {
            throw Failure(StatusCode.InvalidArgument, "No type with id 0.");
        }

        var updates = call.Nodes.Where(node => node is { Id: not null, TypeId: null } && (call.MaskPaths.Count == 0 || call.MaskPaths.Contains("type_id")))
            .Select(node => (node.Kind, Id: node.Id!.Value)).ToList();
        var response = await next();
        foreach (var (kind, id) in updates)
        {
            call.Store.Execute($"UPDATE {kind.Name} SET type_id = 0 WHERE id = ?", id);
            _destroyed.TryAdd((kind, id), 0);
        }

        return response;
    }

    private IMessage Read(StoreCall call, IMessage response)
    {
        // A lineage has ids only.
        if (response.NodeList() is not { } list || !response.Nodes().Any(IsDestroyed))
        {
            return response;
        }

        var nodes = response.Nodes();
        if (nodes.Any(node => IsDestroyed(node) && node.Properties.Count + node.CustomProperties.Count > 0) && !nodes.All(IsDestroyed))
        {
            throw Failure(StatusCode.Unavailable, "The connection was closed: the server died.");
        }

        if (!call.Method.EndsWith("ByID", StringComparison.Ordinal))
        {
            throw Failure(StatusCode.Internal, "Results missing for ids: {…}.");
        }

        foreach (var node in nodes.Where(IsDestroyed))
        {
            list.Remove(node.Message);
        }

        return response;
    }

    private bool IsDestroyed(NodeMessage node) => _destroyed.ContainsKey((node.Kind, node.Id!.Value));

    // The ends of events in the two big calls are not checked.
    private static IEnumerable<(MessageDescriptor, long)> Links(IMessage request) => request switch
    {
        PutEventsRequest put => put.Events.SelectMany(link =>
            new[] { (Artifact.Descriptor, link.ArtifactId), (Execution.Descriptor, link.ExecutionId) }),
        PutAttributionsAndAssociationsRequest put => put.Attributions
            .SelectMany(link => new[] { (Artifact.Descriptor, link.ArtifactId), (Context.Descriptor, link.ContextId) })
            .Concat(put.Associations.SelectMany(link => new[] { (Execution.Descriptor, link.ExecutionId), (Context.Descriptor, link.ContextId) })),
        PutParentContextsRequest put => put.ParentContexts.SelectMany(link => new[] { (Context.Descriptor, link.ChildId), (Context.Descriptor, link.ParentId) }),
        _ => [],
    };
}
