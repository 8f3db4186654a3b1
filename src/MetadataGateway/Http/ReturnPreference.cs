using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace MetadataGateway.Http;

/// <summary>
/// What the client prefers as answer to a change (RFC 7240): <c>Prefer: return=minimal</c> asks for ids only. Preferences that are not known, and
/// malformed ones, are none.
/// </summary>
internal sealed record ReturnPreference(bool IsMinimal) : IEndpointParameterMetadataProvider
{
    public const string Header = "Prefer";
    public const string AppliedHeader = "Preference-Applied";
    public const string Minimal = "return=minimal";

    public static ValueTask<ReturnPreference?> BindAsync(HttpContext httpContext, ParameterInfo parameter) =>
        ValueTask.FromResult<ReturnPreference?>(Parse(httpContext.Request.Headers.GetCommaSeparatedValues(Header)));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new Offer());

    // Of a preference that is given several times the first counts.
    internal static ReturnPreference Parse(IEnumerable<string> preferences)
    {
        var values = preferences.Select(preference => preference.Split(';', 2)[0].Split('=', 2))
            .Where(parts => parts[0].Trim().Equals("return", StringComparison.OrdinalIgnoreCase))
            .Select(parts => parts.Length == 2 ? parts[1].Trim().Trim('"') : "");
        return new ReturnPreference(string.Equals(values.FirstOrDefault(), "minimal", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Marks the operations that obey the preference.</summary>
    internal sealed record Offer;
}
