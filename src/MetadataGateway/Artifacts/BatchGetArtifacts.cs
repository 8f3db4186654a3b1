using System.ComponentModel;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Validation;
using Microsoft.AspNetCore.Mvc;

namespace MetadataGateway.Artifacts;

[Description("Artifacts by id.")]
internal sealed record ArtifactBatchResource
{
    [Description("Those that exist, in the order of the request, each once.")]
    public required IReadOnlyList<ArtifactResource> Items { get; init; }

    [Description("Ids that no artifact has, in the order of the request.")]
    public required IReadOnlyList<string> Missing { get; init; }
}

/// <summary>The query parameter <c>ids</c>.</summary>
internal sealed class ArtifactIdsQuery : ICheckedParameters
{
    public const int MaxIds = 1000;
    private static readonly string[] None = [];

    [FromQuery(Name = "ids"), Description("1 to 1000 ids, separated by commas. One that is repeated is answered once.")]
    public string? IdsText { get; init; }

    public IReadOnlyList<long> Ids => [.. Texts.Select(text => ResourceId.TryParse(text, out var id) ? id : 0).Distinct()];

    private string[] Texts => string.IsNullOrEmpty(IdsText) ? None : IdsText.Split(',');

    public void Check(ICollection<Fault> faults)
    {
        if (Texts.Length is 0 or > MaxIds)
        {
            faults.Add(new Fault("ids", $"must be 1 to {MaxIds} ids, separated by commas; there are {Texts.Length}."));
        }
        else if (Array.Find(Texts, text => !ResourceId.TryParse(text, out _)) is { } malformed)
        {
            faults.Add(new Fault("ids", $"'{malformed}' is no id; ids are decimal numbers, separated by commas, such as 1,2,3."));
        }
    }
}

/// <summary>Reads many artifacts at once.</summary>
internal static class BatchGetArtifacts
{
    public static async Task<ArtifactBatchResource> Handle([AsParameters] ArtifactIdsQuery query, ArtifactReader reader, CancellationToken cancellationToken)
    {
        var ids = query.Ids;
        var found = await reader.FindAsync(ids, cancellationToken);
        return new ArtifactBatchResource
        {
            Items = await reader.ToResourcesAsync([.. ids.Where(found.ContainsKey).Select(id => found[id])], cancellationToken),
            Missing = [.. ids.Where(id => !found.ContainsKey(id)).Select(ResourceId.Format)],
        };
    }
}
