using MetadataGateway.Errors;
using MetadataGateway.Http;
using Microsoft.Extensions.Options;

namespace MetadataGateway.Validation;

/// <summary>
/// Reads a request body up to <c>Limits:RequestBody</c>. The limit is not left to Kestrel: that closes the connection while the client is
/// still sending, and many clients then report a broken pipe instead of the 413. Ended here, the rest is taken and thrown away for a few seconds.
/// </summary>
internal static class BoundedBody
{
    private const int ChunkSize = 64 * 1024;

    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext httpContext)
    {
        var request = httpContext.Request;
        var limit = httpContext.RequestServices.GetRequiredService<IOptions<LimitsOptions>>().Value.RequestBody;
        if (request.ContentLength > limit)
        {
            throw TooLarge(limit);
        }

        // The length that a client announces is not worth memory before it has sent something.
        var buffer = new MemoryStream();
        var chunk = new byte[(int)Math.Min(ChunkSize, Math.Max(request.ContentLength ?? ChunkSize, 1))];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, httpContext.RequestAborted)) > 0)
        {
            if (buffer.Length + read > limit)
            {
                throw TooLarge(limit);
            }

            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static ProblemException TooLarge(long limit) =>
        new(ProblemType.TooLarge, $"The body is larger than {limit} bytes, the most that is taken (Limits:RequestBody).");
}
