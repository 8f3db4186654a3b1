namespace MetadataGateway.MetadataStore;

/// <summary>When the request at hand has to be done, if its client said so. Goes with the flow of the request, into every MLMD call that it makes.</summary>
internal static class RequestDeadline
{
    private static readonly AsyncLocal<DateTime?> OfRequest = new();

    /// <summary>In UTC; null without a limit.</summary>
    public static DateTime? Current
    {
        get => OfRequest.Value;
        set => OfRequest.Value = value;
    }
}
