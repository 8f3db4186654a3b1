using MetadataGateway.MetadataStore;
using MetadataGateway.OpenApi;
using MetadataGateway.Paging;

namespace MetadataGateway.Types;

internal static class NodeTypeEndpoints
{
    public static void MapNodeTypes(this RouteGroupBuilder api)
    {
        MapCollection(api, TypeKind.Artifact, "artifactTypes", "ArtifactType", NodeTypeExamples.Artifact);
        MapCollection(api, TypeKind.Execution, "executionTypes", "ExecutionType", NodeTypeExamples.Execution);
        MapCollection(api, TypeKind.Context, "contextTypes", "ContextType", NodeTypeExamples.Context);
    }

    private static void MapCollection(RouteGroupBuilder api, TypeKind kind, string collection, string resource, NodeTypeExample example)
    {
        var group = api.MapGroup($"/{collection}").WithTags("Types");
        var article = kind == TypeKind.Context ? "a" : "an";

        group.MapPost("", CreateNodeType.In(kind, collection)).WithMetadata(new NodeTypeValidator<CreateNodeTypeRequest>(kind, isNamed: true))
            .Describe($"Create{resource}", $"Create {article} {kind.Word}",
                "Answers 201 with the new type, or 200 with the stored one of that name and version when it is equal; 409 names what differs. A description "
                + "or base type that is left out is not compared.")
            .Produces<NodeTypeResource>(201).Produces<NodeTypeResource>(200).Problems(409, 413, 415)
            .Examples(example.Create, example.Response);

        group.MapGet("", ListNodeTypes.In(kind))
            .Describe($"List{resource}s", $"List the {kind.Word}s", "By id. MLMD's simple types are not listed, but can be read by name.")
            .Produces<ListResult<NodeTypeResource>>()
            .Examples(null, $$"""{"items": [{{example.Response}}]}""");

        group.MapGet("/{*name}", GetNodeType.In(kind))
            .Describe($"Get{resource}", $"Read {article} {kind.Word}").Produces<NodeTypeResource>().Problems(404).Produces(304)
            .Examples(null, example.Response);

        group.MapPut("/{*name}", PutNodeType.In(kind, collection)).WithMetadata(new NodeTypeValidator<PutNodeTypeRequest>(kind, isNamed: false))
            .Describe($"Put{resource}", $"Create {article} {kind.Word} or add properties to it",
                "Idempotent. A property that is left out stays; so do a description and a base type. What MLMD cannot change is 409 and named: the type of "
                + "a property, the description, the base type. The types of Kubeflow and of the gateway cannot be extended (409). If-None-Match: * makes it "
                + "create-only. If-Match is strict within one gateway process, best effort across replicas.")
            .Produces<NodeTypeResource>(201).Produces<NodeTypeResource>(200).Problems(409, 412, 413, 415)
            .Examples(example.Put, example.Response);
    }
}
