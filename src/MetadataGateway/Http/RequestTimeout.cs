using System.Globalization;
using MetadataGateway.Errors;
using MetadataGateway.MetadataStore;
using MetadataGateway.Validation;
using Microsoft.Extensions.Primitives;

namespace MetadataGateway.Http;

/// <summary>The header with which a client says how long it waits for the whole request, in seconds: no MLMD call goes on longer.</summary>
internal static class RequestTimeout
{
    public const string Header = "Request-Timeout";

    // Longer than any deadline that can be configured.
    private const double LongestSeconds = 86_400;

    public static WebApplication UseRequestTimeout(this WebApplication app)
    {
        var timeProvider = app.Services.GetRequiredService<TimeProvider>();
        app.Use(next => async httpContext =>
        {
            if (httpContext.Request.Headers.TryGetValue(Header, out var values))
            {
                if (TryParse(values, out var timeout))
                {
                    RequestDeadline.Current = timeProvider.GetUtcNow().UtcDateTime + timeout;
                }
                else
                {
                    RequestFaults.Of(httpContext).Add(new Fault(Header, "must be a positive decimal number of seconds, such as 1.5."));
                }
            }

            await next(httpContext);
        });
        return app;
    }

    internal static bool TryParse(StringValues values, out TimeSpan timeout)
    {
        timeout = default;
        if (values is not [{ Length: > 0 } text] || text.Any(character => !char.IsAsciiDigit(character) && character != '.')
            || !double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds <= 0)
        {
            return false;
        }

        timeout = TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds));
        return true;
    }
}
