using MetadataGateway.Errors;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MetadataGateway.OpenApi;

internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    private static readonly (string Name, string Description)[] Tags =
    [
        ("Workspaces", "A workspace groups runs, executions and artifacts."),
        ("Runs", "A run groups the executions of one go of a pipeline or notebook."),
        ("Executions", "What ran, with what it read and wrote."),
        ("Artifacts", "Datasets, models, metrics and artifacts of any other type."),
        ("Types", "What MLMD knows as types of artifacts, executions and contexts."),
        ("Contexts", "All contexts of MLMD, to read: workspaces, runs and those of other clients alike."),
    ];

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Metadata Gateway",
            Version = "v1",
            Description = "REST access to ML metadata in MLMD (google/ml-metadata): record what pipelines and notebooks did, find it again, follow its lineage. "
                + "Records are interoperable with the Kubeflow Metadata SDK. Ids are decimal strings, times RFC 3339 in UTC, errors RFC 9457 problem details. "
                + "HEAD works wherever GET does; answers are compressed for clients that accept gzip or br.",
            License = new OpenApiLicense { Name = "Apache-2.0", Identifier = "Apache-2.0" },
        };
        // Relative: right wherever the document is served from.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = new HashSet<OpenApiTag>(Tags.Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
        DerivedSchemas.Derive(document);
        ChoiceSchema.Share(document);
        ProblemResponses.AddTo(document, await context.GetOrCreateSchemaAsync(typeof(ProblemBody), cancellationToken: cancellationToken));
    }
}
