using Grpc.Core;

namespace MetadataGateway.Adoption;

/// <summary>
/// Writes of many records at once, of which one may be impossible: a name that a back end takes for another one, a text that it cannot hold. Such a
/// record must not keep the others from being adopted.
/// </summary>
internal static class StoreRefusal
{
    /// <summary>All in one write; when that is refused, one after the other, those that are refused alone left to <paramref name="refused"/>.</summary>
    public static async Task WriteAsync<T>(IReadOnlyList<T> records, Func<IReadOnlyList<T>, Task> write, Action<T, RpcException> refused)
    {
        try
        {
            await write(records);
        }
        catch (RpcException exception) when (IsOfARecord(exception) || (records.Count > 1 && MayBeOfARecord(exception)))
        {
            await WriteEachAsync(records, write, refused, exception);
        }
    }

    /// <summary>Whether the store may take nothing at all at the moment: MLMD says INTERNAL to whatever its database refuses.</summary>
    public static bool MayBeOfTheStore(RpcException exception) => exception.StatusCode == StatusCode.Aborted || MayBeOfARecord(exception);

    private static async Task WriteEachAsync<T>(
        IReadOnlyList<T> records, Func<IReadOnlyList<T>, Task> write, Action<T, RpcException> refused, RpcException exception)
    {
        if (records.Count == 1)
        {
            refused(records[0], exception);
            return;
        }

        var doubtful = new List<(T Record, RpcException Exception)>();
        foreach (var record in records)
        {
            try
            {
                await write([record]);
            }
            catch (RpcException own) when (IsOfARecord(own))
            {
                refused(record, own);
            }
            catch (RpcException own) when (MayBeOfARecord(own))
            {
                doubtful.Add((record, own));
                if (doubtful.Count == records.Count)
                {
                    throw;
                }
            }
        }

        foreach (var (record, own) in doubtful)
        {
            refused(record, own);
        }
    }

    private static bool IsOfARecord(RpcException exception) => exception.StatusCode
        is StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.AlreadyExists or StatusCode.OutOfRange or StatusCode.ResourceExhausted;

    // To be believed of a record only when the store took another one.
    private static bool MayBeOfARecord(RpcException exception) => exception.StatusCode
        is StatusCode.Internal or StatusCode.Unknown or StatusCode.FailedPrecondition;
}
