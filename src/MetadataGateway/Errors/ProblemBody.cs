using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MetadataGateway.Errors;

[Description("RFC 9457 problem details. Branch on type or code, never on texts.")]
internal sealed record ProblemBody
{
    [Description("Stable URI of the kind of problem.")]
    public required string Type { get; init; }

    [Description("Fixed per type.")]
    public required string Title { get; init; }

    public required int Status { get; init; }

    [Description("What is wrong, for people.")]
    public required string Detail { get; init; }

    [Description("Path of the request, as the client wrote it.")]
    public required string? Instance { get; init; }

    [Description("Canonical gRPC code name, such as NOT_FOUND.")]
    public required string Code { get; init; }

    [Description("Leads to the request in the gateway's log.")]
    public required string TraceId { get; init; }

    [Description("All faults of the request, by JSON path of the field, query parameter or header.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    [Description("For a faulty filter: where in it, characters from 0.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Position { get; init; }
}
