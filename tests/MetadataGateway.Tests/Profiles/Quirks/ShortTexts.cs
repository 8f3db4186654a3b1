using System.Text;
using Grpc.Core;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>Names, external ids and property names are columns of 255: bytes of UTF-8 on MySQL, characters on PostgreSQL. URIs and values have limits, too.</summary>
internal sealed class ShortTexts(Func<string, int> lengthOfName, Func<string, int> lengthOfUri, int longestUri, int longestValueWithName) : Quirk
{
    private const int LongestName = 255;

    public static ShortTexts OnMySql() =>
        // Text is stored encoded twice: each byte beyond ASCII takes two.
        new(Encoding.UTF8.GetByteCount, uri => Encoding.UTF8.GetBytes(uri).Sum(octet => octet < 0x80 ? 1 : 2), 65_535, int.MaxValue);

    public static ShortTexts OnPostgreSql() =>
        new(text => text.EnumerateRunes().Count(), Encoding.UTF8.GetByteCount, 2_690, 2_680);

    protected override void Before(StoreCall call)
    {
        if (call.IsWrite && (Names(call).Any(name => lengthOfName(name) > LongestName)
            || call.Nodes.Any(node => node.Uri is { } uri && lengthOfUri(uri) > longestUri)
            || call.Nodes.Any(node => node.Properties.Concat(node.CustomProperties).Any(IsTooLong))))
        {
            throw Failure(StatusCode.Internal, "Error when executing query: Data too long for column.");
        }
    }

    private static IEnumerable<string> Names(StoreCall call)
    {
        var nodes = call.Nodes.SelectMany(node => node.Properties.Keys.Concat(node.CustomProperties.Keys).Append(node.Name ?? "").Append(node.ExternalId ?? ""));
        var types = call.Request.Messages().Where(StoredTypes.IsType).Select(message => new TypeView(message))
            .SelectMany(type => type.Properties.Keys.Append(type.Name).Append(type.Version).Append(type.ExternalId ?? ""));
        return nodes.Concat(types);
    }

    // A struct is stored as text in base64; what PostgreSQL could compress is left out of account.
    private bool IsTooLong(KeyValuePair<string, Value> property)
    {
        var length = property.Value switch
        {
            { HasStringValue: true } value => Encoding.UTF8.GetByteCount(value.StringValue),
            { StructValue: { } value } => "mlmd-struct::".Length + ((value.CalculateSize() + 2) / 3 * 4),
            _ => 0,
        };
        return length > longestValueWithName - Encoding.UTF8.GetByteCount(property.Key);
    }
}
