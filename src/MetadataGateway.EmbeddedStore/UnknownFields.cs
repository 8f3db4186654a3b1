using Google.Protobuf;

namespace MetadataGateway.EmbeddedStore;

/// <summary>Finds fields that the interface no longer has. Messages keep them, but show them in their bytes only.</summary>
internal static class UnknownFields
{
    public static bool Contains(IMessage message, int field)
    {
        var bytes = new CodedInputStream(message.ToByteArray());
        while (bytes.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == field)
                return true;
            bytes.SkipLastField();
        }
        return false;
    }
}
