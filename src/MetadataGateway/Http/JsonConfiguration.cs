using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace MetadataGateway.Http;

internal static class JsonConfiguration
{
    /// <summary>The options of every body that the API reads or writes.</summary>
    public static JsonSerializerOptions Options { get; } = CreateOptions();

    public static IServiceCollection AddGatewayJson(this IServiceCollection services) =>
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));

    private static JsonSerializerOptions CreateOptions()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        Configure(options);
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }

    private static void Configure(JsonSerializerOptions options)
    {
        // 'lr' and 'LR' are two members of one object.
        options.PropertyNameCaseInsensitive = false;
        // Strict keeps numbers numbers, in requests and in the OpenAPI document.
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        // Records of others may nest as deep as the reader of __ALL_META__ goes; bodies of requests have a lower bound of their own.
        options.MaxDepth = 600;
        options.Converters.Add(new TimestampConverter());
    }
}

/// <summary>Times as the API writes them: RFC 3339, UTC, milliseconds.</summary>
internal sealed class TimestampConverter : JsonConverter<DateTimeOffset>
{
    public static string Format(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The time that MLMD stores as milliseconds since the Unix epoch; null when no calendar holds it.</summary>
    public static DateTimeOffset? FromMilliseconds(long milliseconds) =>
        milliseconds is >= -62_135_596_800_000 and <= 253_402_300_799_999 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));
}
