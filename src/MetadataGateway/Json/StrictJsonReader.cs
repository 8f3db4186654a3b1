using System.Text.Json;

namespace MetadataGateway.Json;

/// <summary>
/// Reads a request into its record, with all faults at once and each at its JSON path. System.Text.Json alone stops at
/// the first, ignores fields it does not know, and speaks of .NET types.
/// </summary>
/// <remarks>
/// Field names are exact. Null is taken wherever the record can hold it; whether it means something is the caller's business. Items of
/// lists are never null, but for those that may be any JSON.
/// </remarks>
internal static class StrictJsonReader
{
    /// <summary>A body can hold more faults than anybody reads.</summary>
    private const int MaximumFaults = 100;

    /// <summary>Null when there are faults, or for a JSON null that is a fault here.</summary>
    public static T? Read<T>(JsonElement body, JsonSerializerOptions options, ICollection<(string Path, string Message)> faults)
    {
        if (options.PropertyNameCaseInsensitive)
            throw new ArgumentException("The options must heed case: else 'lr' and 'LR' are one member of a JsonObject.", nameof(options));
        options.MakeReadOnly(populateMissingResolver: true);
        var walk = new StrictJsonWalk(options, MaximumFaults);
        walk.Check(body, options.GetTypeInfo(typeof(T)), JsonPath.Root);
        foreach (var fault in walk.Faults)
            faults.Add(fault);
        if (walk.Faults.Count > 0)
            return default;

        try
        {
            return body.Deserialize<T>(options);
        }
        catch (JsonException exception)
        {
            // A rule of the record that the walk cannot see, in a converter of its own.
            faults.Add((exception.Path is { Length: > 2 } path ? path[2..] : JsonPath.Root, "The value is not valid here."));
            return default;
        }
    }
}
