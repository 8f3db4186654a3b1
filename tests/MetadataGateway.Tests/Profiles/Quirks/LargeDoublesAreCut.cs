using Google.Protobuf;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MySQL: a double of 1e66 and more reads as 1e65.</summary>
internal sealed class LargeDoublesAreCut : Quirk
{
    protected override IMessage After(StoreCall call, IMessage response)
    {
        foreach (var value in response.Values().Where(value => Math.Abs(value.DoubleValue) >= 1e66))
        {
            value.DoubleValue = Math.CopySign(1e65, value.DoubleValue);
        }

        return response;
    }
}
