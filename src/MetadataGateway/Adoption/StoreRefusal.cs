using Grpc.Core;
using MetadataGateway.Errors;

namespace MetadataGateway.Adoption;

/// <summary>
/// Writes of many records at once, of which one may be impossible: a name that a back end takes for another one, a text that it cannot hold. Such a
/// record must not keep the others from being adopted.
/// </summary>
internal static class StoreRefusal
{
    /// <summary>All in one write; when that is refused, one after the other, those that are refused alone left to <paramref name="refused"/>.</summary>
    public static async Task WriteAsync<T>(IReadOnlyList<T> records, Func<IReadOnlyList<T>, Task> write, Action<T, Exception> refused)
    {
        try
        {
            await write(records);
        }
        catch (Exception exception) when (IsOfARecord(exception) || (records.Count > 1 && MayBeOfARecord(exception)))
        {
            await WriteEachAsync(records, write, refused, exception);
        }
    }

    /// <summary>Whether the store may take nothing at all at the moment: MLMD says INTERNAL to whatever its database refuses.</summary>
    public static bool MayBeOfTheStore(RpcException exception) => exception.StatusCode == StatusCode.Aborted || MayBeOfARecord(exception);

    /// <summary>Whether the store cannot take the record. The seam itself refuses texts that MLMD over PostgreSQL must not get.</summary>
    public static bool IsOfARecord(Exception exception) => exception is ProblemException { Type: var type } && type == ProblemType.Validation
        || exception is RpcException
        {
            StatusCode: StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.AlreadyExists or StatusCode.OutOfRange or StatusCode.ResourceExhausted,
        };

    private static async Task WriteEachAsync<T>(
        IReadOnlyList<T> records, Func<IReadOnlyList<T>, Task> write, Action<T, Exception> refused, Exception exception)
    {
        if (records.Count == 1)
        {
            refused(records[0], exception);
            return;
        }

        var doubtful = new List<(T Record, Exception Exception)>();
        foreach (var record in records)
        {
            try
            {
                await write([record]);
            }
            catch (Exception own) when (IsOfARecord(own))
            {
                refused(record, own);
            }
            catch (Exception own) when (MayBeOfARecord(own))
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

    // To be believed of a record only when the store took another one.
    private static bool MayBeOfARecord(Exception exception) =>
        exception is RpcException { StatusCode: StatusCode.Internal or StatusCode.Unknown or StatusCode.FailedPrecondition };
}
