using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

internal sealed partial class ModelStore
{
    private IMessage? AnswerLinkRead(IMessage request)
    {
        switch (request)
        {
            case GetEventsByExecutionIDsRequest get:
                // In the order of creation, which that of the list is, for each execution.
                var ofExecutions = data.Events.Where(stored => get.ExecutionIds.Contains(stored.ExecutionId))
                    .OrderBy(stored => stored.ExecutionId);
                return new GetEventsByExecutionIDsResponse { Events = { ofExecutions.Select(ToEvent) } };
            case GetEventsByArtifactIDsRequest get:
                var ofArtifacts = data.Events.Where(stored => get.ArtifactIds.Contains(stored.ArtifactId))
                    .OrderBy(stored => (stored.ArtifactId, stored.ExecutionId, stored.Type));
                return new GetEventsByArtifactIDsResponse { Events = { ofArtifacts.Select(ToEvent) } };
            case GetContextsByArtifactRequest get:
                return new GetContextsByArtifactResponse { Contexts = { ContextsOf(data.Attributions, get.ArtifactId) } };
            case GetContextsByExecutionRequest get:
                return new GetContextsByExecutionResponse { Contexts = { ContextsOf(data.Associations, get.ExecutionId) } };
            case GetParentContextsByContextRequest get:
                return new GetParentContextsByContextResponse { Contexts = { Parents(get.ContextId) } };
            case GetChildrenContextsByContextRequest get:
                return new GetChildrenContextsByContextResponse { Contexts = { Children(get.ContextId) } };
            case GetParentContextsByContextsRequest get:
                return ParentsOfMany(get);
            case GetChildrenContextsByContextsRequest get:
                return ChildrenOfMany(get);
            default:
                throw new NotSupportedException($"The model does not know {request.Descriptor.Name}.");
        }
    }

    /// <summary>An unknown node is like one without contexts.</summary>
    private List<Context> ContextsOf(List<(long Context, long Node)> links, long nodeId)
    {
        var contexts = ContextsWhere(contextId => links.Contains((contextId, nodeId)));
        return contexts.Count > 0 ? contexts : throw ModelFailure.NotFound("the node has no contexts");
    }

    private List<Context> Parents(long contextId) => ContextsWhere(other => data.ParentContexts.Contains((contextId, other)));

    private List<Context> Children(long contextId) => ContextsWhere(other => data.ParentContexts.Contains((other, contextId)));

    // The two of many contexts are served (defect D18, docs/mlmd-compatibility.md), with an entry for each that has any.
    private GetParentContextsByContextsResponse ParentsOfMany(GetParentContextsByContextsRequest get)
    {
        if (get.ContextIds.Count == 0)
            throw ModelFailure.Invalid("context_ids is empty");
        var response = new GetParentContextsByContextsResponse();
        foreach (var id in get.ContextIds)
            if (Parents(id) is { Count: > 0 } parents)
                response.Contexts[id] = new() { ParentContexts = { parents } };
        return response;
    }

    private GetChildrenContextsByContextsResponse ChildrenOfMany(GetChildrenContextsByContextsRequest get)
    {
        if (get.ContextIds.Count == 0)
            throw ModelFailure.Invalid("context_ids is empty");
        var response = new GetChildrenContextsByContextsResponse();
        foreach (var id in get.ContextIds)
            if (Children(id) is { Count: > 0 } children)
                response.Contexts[id] = new() { ChildrenContexts = { children } };
        return response;
    }

    private List<Context> ContextsWhere(Func<long, bool> isMatch) =>
        [.. data.Nodes[ModelKind.Context].Where(context => isMatch(context.Id!.Value)).Select(ToContext)];

    private static Event ToEvent(ModelEvent stored)
    {
        var message = new Event
        {
            ArtifactId = stored.ArtifactId,
            ExecutionId = stored.ExecutionId,
            Type = stored.Type,
            MillisecondsSinceEpoch = stored.Time,
        };
        if (stored.Steps.Count > 0)
            message.Path = new Event.Types.Path { Steps = { stored.Steps } };
        return message;
    }
}
