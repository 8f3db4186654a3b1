using Newtonsoft.Json;

namespace MetadataGateway.Client;

public partial class MetadataGatewayClient
{
    // Texts in properties that look like times stay texts.
    static partial void UpdateJsonSerializerSettings(JsonSerializerSettings settings) => settings.DateParseHandling = DateParseHandling.None;
}
