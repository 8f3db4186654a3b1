namespace MetadataGateway.EmbeddedStore.Nodes;

/// <summary>How nodes with an id are updated.</summary>
/// <param name="Mask">Null for a full replacement.</param>
/// <param name="AbortIfChanged">Whether the given last update time has to be the stored one.</param>
/// <param name="ForceUpdateTime">Whether the last update time moves even if nothing changes.</param>
internal sealed record NodeUpdate(UpdateMask? Mask = null, bool AbortIfChanged = false, bool ForceUpdateTime = false)
{
    public static NodeUpdate Replace { get; } = new();
}
