using System.Globalization;
using System.Text.Json.Nodes;
using MetadataGateway.Errors;
using Microsoft.OpenApi;

namespace MetadataGateway.OpenApi;

/// <summary>The answers with problem details, one per status, as shared components of the document.</summary>
internal static class ProblemResponses
{
    public static string NameOf(string status) => $"Problem{status}";

    public static void AddTo(OpenApiDocument document, IOpenApiSchema body)
    {
        document.AddComponent(nameof(ProblemBody), body);
        var used = document.Paths.Values.SelectMany(path => path.Operations!.Values).SelectMany(operation => operation.Responses!.Keys).ToHashSet();
        foreach (var types in ProblemType.All.GroupBy(type => type.Status.ToString(CultureInfo.InvariantCulture)).Where(types => used.Contains(types.Key)))
        {
            var response = new OpenApiResponse
            {
                Description = string.Join(" ", types.Select(type => $"{type.Title} ({type.Code})")),
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    [ProblemWriter.ContentType] = new()
                    {
                        Schema = new OpenApiSchemaReference(nameof(ProblemBody), document),
                        Example = Example(types.First()),
                    },
                },
            };
            if (types.Contains(ProblemType.StoreUnavailable))
            {
                ResponseHeaders.Add(response, "Retry-After", "Seconds after which to try again.");
            }

            document.AddComponent(NameOf(types.Key), response);
        }
    }

    private static JsonObject Example(ProblemType type)
    {
        var example = new JsonObject
        {
            ["type"] = type.Uri,
            ["title"] = type.Title,
            ["status"] = type.Status,
            ["detail"] = type == ProblemType.Validation ? "labels.team: must be a string." : "What is wrong, with field, id and value.",
            ["instance"] = "/api/v1/workspaces/demo",
            ["code"] = type.Code,
            ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
        };
        if (type == ProblemType.Validation)
        {
            example["errors"] = new JsonObject { ["labels.team"] = new JsonArray("must be a string.") };
        }

        return example;
    }
}
