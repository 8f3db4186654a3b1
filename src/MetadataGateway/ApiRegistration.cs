using FluentValidation;
using MetadataGateway.Artifacts;
using MetadataGateway.Contexts;
using MetadataGateway.Executions;
using MetadataGateway.Http;
using MetadataGateway.Idempotency;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Lineage;
using MetadataGateway.Nodes;
using MetadataGateway.OpenApi;
using MetadataGateway.Paging;
using MetadataGateway.Runs;
using MetadataGateway.Types;
using MetadataGateway.Validation;
using MetadataGateway.Workspaces;

namespace MetadataGateway;

/// <summary>The REST API: its services and its routes, one line a resource.</summary>
internal static class ApiRegistration
{
    // A thousand ids, or the longest filter with every byte escaped.
    private const int LongestRequestLine = 128 * 1024;

    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<LimitsOptions>().BindConfiguration(LimitsOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            // Whatever reads a body bounds it: see BoundedBody.
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MaxRequestLineSize = LongestRequestLine;
        });

        ValidatorOptions.Global.PropertyNameResolver = (_, member, _) => member is null ? null : System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(member.Name);
        // Validators that depend on the route stand in the route's metadata instead.
        services.AddValidatorsFromAssemblyContaining<CreateWorkspaceValidator>(
            ServiceLifetime.Singleton, found => found.ValidatorType.GetConstructor(Type.EmptyTypes) is not null, includeInternalTypes: true);

        services.AddSingleton<KeyedLocks>().AddSingleton<NodeList>().AddSingleton<WorkspaceMembership>().AddSingleton<ContextLinks>();
        services.AddSingleton<LabelledContextStore>().AddSingleton<ContextSpelling>().AddSingleton<WorkspaceDirectory>().AddSingleton<RunDirectory>();
        services.AddSingleton<RequestMarkers>().AddSingleton<Replays>();
        services.AddSingleton<RunFinder>().AddSingleton<RunSearch>().AddSingleton<ListRunsHandler>().AddSingleton<NamedRunList>().AddSingleton<NamedRunIndex>();
        services.AddSingleton<ArtifactReader>().AddSingleton<ArtifactPlanner>().AddSingleton<SubgraphWriter>();
        services.AddSingleton<CreateArtifactHandler>().AddSingleton<ListArtifactsHandler>().AddSingleton<BatchCreateArtifactsHandler>();
        services.AddSingleton<ArtifactUpdater>().AddSingleton<UpdateArtifactHandler>().AddSingleton<ArtifactStateChange>();
        services.AddSingleton<ExecutionReader>().AddSingleton<LinkPlanner>();
        services.AddSingleton<CreateExecutionHandler>().AddSingleton<ListExecutionsHandler>().AddSingleton<LinkArtifactHandler>();
        services.AddSingleton<LineageHandler>().AddSingleton<RunArtifactScan>();
        services.AddSingleton<NodeTypeWriter>().AddSingleton<ContextReader>().AddSingleton<ContextMemberLookup>();
        services.AddSingleton<MatcherPolicy, EmptyCatchAllPolicy>();
        return builder;
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").RejectUnknownQueryParameters().RejectFaults().Problems(400, 500, 501, 502, 503, 504);
        api.MapWorkspaces();
        api.MapRuns();
        api.MapExecutions();
        api.MapArtifacts();
        api.MapNodeTypes();
        api.MapContexts();
    }
}
