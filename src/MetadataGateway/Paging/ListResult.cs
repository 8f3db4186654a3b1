using System.ComponentModel;
using System.Text.Json.Serialization;

namespace MetadataGateway.Paging;

[Description("One page of a list.")]
internal sealed record ListResult<T>
{
    public required IReadOnlyList<T> Items { get; init; }

    [Description("Give it as pageToken to get the next page. Absent on the last page.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? NextPageToken { get; init; }

    [Description("Present when records were selected by the gateway rather than by MLMD.")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScanResult? Scan { get; init; }
}

[Description("How far the gateway looked within its budget (Limits:ScanBudget, records per request).")]
internal sealed record ScanResult
{
    [Description("Records looked at for this page.")]
    public required int Examined { get; init; }

    [Description("False when the budget ended the search for this page early; go on with nextPageToken.")]
    public required bool Complete { get; init; }
}
