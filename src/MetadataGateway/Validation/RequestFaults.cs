using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.Idempotency;

namespace MetadataGateway.Validation;

/// <summary>
/// The faults of one request, from wherever they are found before the handler runs (body, query, headers), so that the client gets all of them
/// in one answer.
/// </summary>
internal static class RequestFaults
{
    private static readonly object Key = new();

    public static List<Fault> Of(HttpContext httpContext)
    {
        if (httpContext.Items[Key] is not List<Fault> faults)
        {
            httpContext.Items[Key] = faults = [];
        }

        return faults;
    }

    /// <summary>Runs after all parameters are bound: what they found wrong ends the request here.</summary>
    public static RouteGroupBuilder RejectFaults(this RouteGroupBuilder group)
    {
        group.AddEndpointFilter((invocation, next) =>
        {
            var faults = Of(invocation.HttpContext);
            EntityTag.CheckHeaders(invocation.HttpContext.Request, faults);
            IdempotencyKey.CheckHeader(invocation.HttpContext.Request, faults);
            foreach (var argument in invocation.Arguments.OfType<ICheckedParameters>())
            {
                argument.Check(faults);
            }

            return faults.Count == 0 ? next(invocation) : throw ProblemException.Invalid(faults);
        });
        return group;
    }
}

/// <summary>Query parameters that are bound as text, so that a malformed value is told with its name and what is wrong.</summary>
internal interface ICheckedParameters
{
    void Check(ICollection<Fault> faults);
}
