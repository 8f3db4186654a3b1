using System.Globalization;
using Google.Protobuf.Collections;
using MetadataGateway.Artifacts;
using MetadataGateway.Nodes;
using MlMetadata;

namespace MetadataGateway.Idempotency;

/// <summary>An artifact of a request, as its marker has it: one that was stored before, by id, or one of those that the request recorded.</summary>
/// <param name="StoredId">Id of a stored one; null for a new one.</param>
/// <param name="New">Of a new one: how many new ones came before it.</param>
internal readonly record struct MarkerPlace(long? StoredId, int New);

/// <summary>
/// The artifacts of a request in the custom properties of its marker, as text: an id, <c>+</c> for the next new one, <c>+</c> and a number for one that
/// came before. The ids of new ones are not known when the marker is written; they are those attributed to it, ascending. Without the
/// properties all are new, and each stands once.
/// </summary>
internal static class MarkerPlaces
{
    private const string Property = "artifacts";

    // MLMD over PostgreSQL takes about 2,600 bytes a text, so there may be many parts; ids are no integers, which have 32 bits there.
    private const int PartLength = 2000;

    public static void Write(MapField<string, Value> properties, IReadOnlyList<PlannedArtifact> artifacts)
    {
        var newOnes = new Dictionary<PlannedArtifact, int>();
        var texts = artifacts.Select(artifact => artifact.IsNew ? WriteNew(artifact, newOnes) : artifact.Id.ToString(CultureInfo.InvariantCulture)).ToList();
        if (texts.All(text => text == "+"))
        {
            return;
        }

        var parts = string.Join(',', texts).Chunk(PartLength).Select(part => new string(part)).ToList();
        for (var i = 0; i < parts.Count; i++)
        {
            properties.SetText(NameOf(i), parts[i]);
        }
    }

    /// <param name="properties">Those of the marker.</param>
    /// <param name="count">How many artifacts the request has.</param>
    public static IReadOnlyList<MarkerPlace> Read(MapField<string, Value> properties, int count)
    {
        var parts = new List<string>();
        while (properties.GetText(NameOf(parts.Count)) is { } part)
        {
            parts.Add(part);
        }

        var next = 0;
        return parts.Count == 0
            ? [.. Enumerable.Range(0, count).Select(i => new MarkerPlace(null, i))]
            : [.. string.Concat(parts).Split(',').Select(text => text switch
            {
                "+" => new MarkerPlace(null, next++),
                ['+', .. var number] => new MarkerPlace(null, int.Parse(number, CultureInfo.InvariantCulture)),
                _ => new MarkerPlace(long.Parse(text, CultureInfo.InvariantCulture), 0),
            })];
    }

    private static string WriteNew(PlannedArtifact artifact, Dictionary<PlannedArtifact, int> newOnes) =>
        newOnes.TryAdd(artifact, newOnes.Count) ? "+" : string.Create(CultureInfo.InvariantCulture, $"+{newOnes[artifact]}");

    private static string NameOf(int part) => part == 0 ? Property : string.Create(CultureInfo.InvariantCulture, $"{Property}.{part}");
}
