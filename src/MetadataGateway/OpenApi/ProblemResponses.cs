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
        foreach (var types in ProblemType.All.GroupBy(type => type.Status))
        {
            var status = types.Key.ToString(CultureInfo.InvariantCulture);
            document.AddComponent(NameOf(status), new OpenApiResponse
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
            });
        }
    }

    private static JsonObject Example(ProblemType type) => new()
    {
        ["type"] = type.Uri,
        ["title"] = type.Title,
        ["status"] = type.Status,
        ["detail"] = "What is wrong, with field, id and value.",
        ["instance"] = "/api/v1/workspaces/demo",
        ["code"] = type.Code,
        ["traceId"] = "4bf92f3577b34da6a3ce929d0e0e4736",
    };
}
