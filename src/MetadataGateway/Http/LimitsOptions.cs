using System.ComponentModel.DataAnnotations;

namespace MetadataGateway.Http;

/// <summary>What one request may cost. Section <c>Limits</c>.</summary>
internal sealed class LimitsOptions
{
    public const string SectionName = "Limits";

    /// <summary>Largest request body, in bytes. Default 8388608 (8 MiB).</summary>
    [Range(1024, 1024L * 1024 * 1024, ErrorMessage = "Limits:RequestBody must be from 1024 to 1073741824 bytes.")]
    public long RequestBody { get; set; } = 8_388_608;

    /// <summary>Records that one list request may look at beyond what MLMD selects. Default 5000.</summary>
    [Range(1, 1_000_000, ErrorMessage = "Limits:ScanBudget must be from 1 to 1000000 records.")]
    public int ScanBudget { get; set; } = 5000;
}
