using System.ComponentModel;
using MetadataGateway.Errors;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.MetadataStore;
using MetadataGateway.Paging;
using MetadataGateway.Validation;
using Microsoft.AspNetCore.Mvc;
using MlMetadata;

namespace MetadataGateway.Contexts;

/// <summary>Which contexts are asked for. Absent and empty are the same.</summary>
internal sealed class ContextTypeQuery : ICheckedParameters
{
    [FromQuery(Name = "type"), Description("Only contexts of the type of this name; none when there is no such type. Absent: contexts of all types.")]
    public string? Type { get; init; }

    [FromQuery(Name = "version"), Description("Version of the type; absent: the type without version.")]
    public string? Version { get; init; }

    public void Check(ICollection<Fault> faults)
    {
        if (string.IsNullOrEmpty(Type) && !string.IsNullOrEmpty(Version))
        {
            faults.Add(new Fault("version", "needs 'type': it is the version of a type."));
        }
    }
}

internal static class ListContexts
{
    public static async Task<ListResult<ContextResource>> Handle(
        [AsParameters] ContextTypeQuery type, [AsParameters] LabelledContextPageQuery query, HttpRequest request, NodeList list,
        TypeCache types, MetadataStoreService.MetadataStoreServiceClient client, CancellationToken cancellationToken)
    {
        var selects = ContextReader.Selector(query);
        if (string.IsNullOrEmpty(type.Type))
        {
            return await list.RunAsync(
                query, request,
                new NodeQuery<Context>
                {
                    Read = async (options, token) =>
                    {
                        var answer = await client.GetContextsAsync(new() { Options = options }, cancellationToken: token);
                        return new StorePage<Context>(answer.Contexts, answer.NextPageToken);
                    },
                    Keep = context => ContextReader.IsVisible(context) && selects?.Invoke(context) != false,
                    Plan = _ => query.Plan(new LabelledContextColumns().Of),
                },
                ContextReader.ToResourcesAsync, cancellationToken);
        }

        // MLMD over MySQL would take the contexts of a type that is spelt in another case.
        var isKnown = !KubeflowTypes.IsInternal(type.Type)
            && await types.FindAsync(TypeKind.Context, type.Type, type.Version, refresh: false, cancellationToken) is not null;
        if (!isKnown)
        {
            return await list.RunAsync(query, request, new NodeQuery<Context> { All = [], Keep = selects }, ContextReader.ToResourcesAsync, cancellationToken);
        }

        return await list.RunAsync(
            query, request,
            new NodeQuery<Context>
            {
                Read = async (options, token) =>
                {
                    var answer = await client.GetContextsByTypeAsync(
                        new() { TypeName = type.Type, TypeVersion = type.Version ?? "", Options = options }, cancellationToken: token);
                    return new StorePage<Context>(answer.Contexts, answer.NextPageToken);
                },
                Keep = selects,
                Plan = _ => query.Plan(new LabelledContextColumns().Of),
            },
            ContextReader.ToResourcesAsync, cancellationToken);
    }
}
