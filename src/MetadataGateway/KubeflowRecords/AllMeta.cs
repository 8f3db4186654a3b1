using System.Text.Json.Nodes;

namespace MetadataGateway.KubeflowRecords;

/// <summary>
/// The property <c>__ALL_META__</c>: the SDK's object as JSON text, the only place of uri, labels, hyperparameters, values,
/// framework and additional properties to an SDK reader. It must be an object: the SDK's list of a workspace fails on a single
/// broken one in any workspace.
/// </summary>
internal sealed class AllMeta
{
    private readonly JsonObject members;

    private AllMeta(JsonObject members) => this.members = members;

    /// <summary>
    /// A key's value; null when it is null or absent. Setting keeps every other key, its place and its number tokens; a key that
    /// is new comes last, behind <c>kwargs</c>, where the SDK puts the attributes of subclasses.
    /// </summary>
    public JsonNode? this[string key]
    {
        get => members[key];
        set => members[key] = value?.Parent is null ? value : value.DeepClone();
    }

    /// <summary>All keys of the kind, null each, but for <c>kwargs</c>, which is an empty object.</summary>
    public static AllMeta Create(ArtifactKind kind)
    {
        var members = new JsonObject();
        foreach (var key in AllMetaKeys.Of(kind))
            members[key] = null;
        members[AllMetaKeys.Kwargs] = new JsonObject();
        return new AllMeta(members);
    }

    /// <summary>Null when there is no text, or none that is an object.</summary>
    public static AllMeta? TryParse(string? text) =>
        text is not null && PythonJsonReader.TryReadObject(text, out var members) ? new AllMeta(members) : null;

    public bool Contains(string key) => members.ContainsKey(key);

    public string ToText() => PythonJsonWriter.WriteObject(members);
}
