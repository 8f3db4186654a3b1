using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

internal sealed partial class ModelStore
{
    private IMessage? AnswerNodeRead(IMessage request) => request switch
    {
        GetArtifactsByIDRequest get => ArtifactsById(get),
        GetExecutionsByIDRequest get => new GetExecutionsByIDResponse
        {
            Executions = { ById(ModelKind.Execution, get.ExecutionIds).Select(ToExecution) },
        },
        GetContextsByIDRequest get => new GetContextsByIDResponse
        {
            Contexts = { ById(ModelKind.Context, get.ContextIds).Select(ToContext) },
        },
        GetArtifactByTypeAndNameRequest get => new GetArtifactByTypeAndNameResponse
        {
            Artifact = ByName(ModelKind.Artifact, get.TypeName, get.TypeVersion, get.ArtifactName) is { } node ? ToArtifact(node) : null,
        },
        GetExecutionByTypeAndNameRequest get => new GetExecutionByTypeAndNameResponse
        {
            Execution = ByName(ModelKind.Execution, get.TypeName, get.TypeVersion, get.ExecutionName) is { } node
                ? ToExecution(node)
                : null,
        },
        GetContextByTypeAndNameRequest get => new GetContextByTypeAndNameResponse
        {
            Context = ByName(ModelKind.Context, get.TypeName, get.TypeVersion, get.ContextName) is { } node ? ToContext(node) : null,
        },
        GetArtifactsByURIRequest get => new GetArtifactsByURIResponse
        {
            Artifacts = { data.Nodes[ModelKind.Artifact].Where(node => get.Uris.Contains(node.Uri!)).Select(ToArtifact) },
        },
        GetArtifactsByExternalIdsRequest get => new GetArtifactsByExternalIdsResponse
        {
            Artifacts = { ByExternalId(ModelKind.Artifact, get.ExternalIds).Select(ToArtifact) },
        },
        GetExecutionsByExternalIdsRequest get => new GetExecutionsByExternalIdsResponse
        {
            Executions = { ByExternalId(ModelKind.Execution, get.ExternalIds).Select(ToExecution) },
        },
        GetContextsByExternalIdsRequest get => new GetContextsByExternalIdsResponse
        {
            Contexts = { ByExternalId(ModelKind.Context, get.ExternalIds).Select(ToContext) },
        },
        _ => AnswerList(request),
    };

    private IMessage? AnswerList(IMessage request)
    {
        ModelPage artifacts, executions, contexts;
        switch (request)
        {
            case GetArtifactsRequest get:
                artifacts = ListRules.List(data.Nodes[ModelKind.Artifact], get.Options);
                return WithToken(new GetArtifactsResponse { Artifacts = { artifacts.Nodes.Select(ToArtifact) } }, artifacts);
            case GetExecutionsRequest get:
                executions = ListRules.List(data.Nodes[ModelKind.Execution], get.Options);
                return WithToken(new GetExecutionsResponse { Executions = { executions.Nodes.Select(ToExecution) } }, executions);
            case GetContextsRequest get:
                contexts = ListRules.List(data.Nodes[ModelKind.Context], get.Options);
                return WithToken(new GetContextsResponse { Contexts = { contexts.Nodes.Select(ToContext) } }, contexts);
            case GetArtifactsByTypeRequest get:
                artifacts = OfType(ModelKind.Artifact, get.TypeName, get.TypeVersion, get.Options);
                return WithToken(new GetArtifactsByTypeResponse { Artifacts = { artifacts.Nodes.Select(ToArtifact) } }, artifacts);
            case GetExecutionsByTypeRequest get:
                executions = OfType(ModelKind.Execution, get.TypeName, get.TypeVersion, get.Options);
                return WithToken(new GetExecutionsByTypeResponse { Executions = { executions.Nodes.Select(ToExecution) } }, executions);
            case GetContextsByTypeRequest get:
                contexts = OfType(ModelKind.Context, get.TypeName, get.TypeVersion, get.Options);
                return WithToken(new GetContextsByTypeResponse { Contexts = { contexts.Nodes.Select(ToContext) } }, contexts);
            case GetArtifactsByContextRequest get:
                artifacts = Members(ModelKind.Artifact, data.Attributions, get.ContextId, get.Options);
                return WithToken(new GetArtifactsByContextResponse { Artifacts = { artifacts.Nodes.Select(ToArtifact) } }, artifacts);
            case GetExecutionsByContextRequest get:
                executions = Members(ModelKind.Execution, data.Associations, get.ContextId, get.Options);
                return WithToken(new GetExecutionsByContextResponse { Executions = { executions.Nodes.Select(ToExecution) } }, executions);
            default:
                return null;
        }
    }

    private GetArtifactsByIDResponse ArtifactsById(GetArtifactsByIDRequest get)
    {
        var nodes = ById(ModelKind.Artifact, get.ArtifactIds);
        var response = new GetArtifactsByIDResponse { Artifacts = { nodes.Select(ToArtifact) } };
        if (get.PopulateArtifactTypes)
            response.ArtifactTypes.Add(TypesById(ModelKind.Artifact, nodes.Select(node => node.TypeId!.Value).Distinct())
                .Select(type => type.ToArtifactType(data, TypeAnswer.ByExternalId)));
        return response;
    }

    /// <summary>Each once, by id, whatever the request's order.</summary>
    private List<ModelNode> ById(ModelKind kind, IReadOnlyCollection<long> ids) =>
        data.Nodes[kind].FindAll(node => ids.Contains(node.Id!.Value));

    private ModelNode? ByName(ModelKind kind, string typeName, string typeVersion, string name) =>
        data.Type(kind, typeName, typeVersion) is { } type
            ? data.Nodes[kind].Find(node => node.TypeId == type.Id && node.Name == name)
            : null;

    private List<ModelNode> ByExternalId(ModelKind kind, IReadOnlyCollection<string> externalIds) =>
        ExternalIdRules.Find(externalIds, data.Nodes[kind], node => node.ExternalId);

    /// <summary>Options are looked at only if there are nodes; an empty token ends the last page.</summary>
    private ModelPage OfType(ModelKind kind, string typeName, string typeVersion, ListOperationOptions? options)
    {
        var type = data.Type(kind, typeName, typeVersion);
        var nodes = data.Nodes[kind].FindAll(node => node.TypeId == type?.Id);
        if (nodes.Count == 0)
            return new ModelPage([], null);
        var page = ListRules.List(nodes, options);
        return options is null ? page : page with { NextPageToken = page.NextPageToken ?? "" };
    }

    /// <summary>Options are looked at only if there are links.</summary>
    private ModelPage Members(ModelKind kind, List<(long Context, long Node)> links, long contextId, ListOperationOptions? options)
    {
        var members = data.Nodes[kind].FindAll(node => links.Contains((contextId, node.Id!.Value)));
        return members.Count == 0 ? new ModelPage([], null) : ListRules.List(members, options);
    }

    private static IMessage WithToken(IMessage response, ModelPage page)
    {
        if (page.NextPageToken is not null)
            response.Descriptor.FindFieldByName("next_page_token").Accessor.SetValue(response, page.NextPageToken);
        return response;
    }

    private Artifact ToArtifact(ModelNode node) => node.ToArtifact(data);

    private Execution ToExecution(ModelNode node) => node.ToExecution(data);

    private Context ToContext(ModelNode node) => node.ToContext(data);
}
