namespace MetadataGateway.MetadataStore;

/// <summary>
/// What the MLMD behind cannot hold, for the rules that judge the request at hand. Goes with the flow of the request, since a process may speak to
/// several (as the tests do).
/// </summary>
internal static class StoreLimits
{
    private static readonly AsyncLocal<StoreCapabilities?> OfRequest = new();

    /// <summary>Whether integers have 32 bits only.</summary>
    public static bool NarrowIntegers => OfRequest.Value?.HasNarrowIntegers == true;

    /// <summary>Whether a backslash in a text would get into SQL.</summary>
    public static bool RefusesBackslash => OfRequest.Value?.IsPostgreSql == true;

    /// <summary>For what follows in the flow of the request.</summary>
    public static void Apply(StoreCapabilities capabilities) => OfRequest.Value = capabilities;
}
