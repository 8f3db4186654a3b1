using System.Globalization;

namespace MetadataGateway.KubeflowRecords;

/// <summary>The property <c>create_time</c> as Python writes it: UTC in microseconds, the fraction left out when it is zero.</summary>
internal static class CreateTime
{
    public static string Format(DateTimeOffset time)
    {
        var hasFraction = time.Ticks % TimeSpan.TicksPerSecond >= TimeSpan.TicksPerMicrosecond;
        var format = hasFraction ? "yyyy-MM-ddTHH:mm:ss.ffffffZ" : "yyyy-MM-ddTHH:mm:ssZ";
        return time.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
    }
}
