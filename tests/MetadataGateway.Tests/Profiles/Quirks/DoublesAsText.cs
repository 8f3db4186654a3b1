using System.Globalization;
using Google.Protobuf;
using Grpc.Core;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>Doubles are written with six decimals, and read with 15 digits from SQLite, with 17 from the other databases (D5).</summary>
internal sealed class DoublesAsText(int digits) : Quirk
{
    public override async Task<IMessage> InvokeAsync(StoreCall call, Func<Task<IMessage>> next)
    {
        var doubles = call.Request.Values().Where(value => value.HasDoubleValue).ToList();
        var isUnstorable = doubles.Any(value => !double.IsFinite(value.DoubleValue));
        foreach (var value in doubles)
        {
            value.DoubleValue = double.IsFinite(value.DoubleValue) ? Through(value.DoubleValue, "F6") : value.DoubleValue;
        }

        try
        {
            var response = await next();
            foreach (var value in response.Values().Where(value => value.HasDoubleValue))
            {
                value.DoubleValue = Through(value.DoubleValue, $"G{digits}");
            }

            return response;
        }
        catch (RpcException failure) when (isUnstorable && failure.StatusCode == StatusCode.InvalidArgument)
        {
            throw Failure(StatusCode.Internal, "Error when executing query: no such column: nan");
        }
    }

    private static double Through(double value, string format) =>
        double.Parse(value.ToString(format, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
