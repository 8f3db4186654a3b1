using System.Reflection;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace MetadataGateway.Validation;

/// <summary>
/// Refuses query parameters that the operation does not have, and one that is given twice: a typo must not vanish. What an operation has is
/// what its handler declares as <see cref="FromQueryAttribute"/>. The faults are collected; <see cref="RequestFaults.RejectFaults"/> answers.
/// </summary>
internal static class QueryParameters
{
    public static RouteGroupBuilder RejectUnknownQueryParameters(this RouteGroupBuilder group)
    {
        group.AddEndpointFilterFactory((context, next) =>
        {
            var known = context.MethodInfo.GetParameters().SelectMany(Names).ToHashSet(StringComparer.Ordinal);
            return invocation =>
            {
                var request = invocation.HttpContext.Request;
                var faults = RequestFaults.Of(invocation.HttpContext);
                Check(request.Query, known, faults);
                CheckEncoding(request.QueryString, faults);
                return next(invocation);
            };
        });
        return group;
    }

    private static IEnumerable<string> Names(ParameterInfo parameter)
    {
        if (parameter.GetCustomAttribute<FromQueryAttribute>() is { } query)
        {
            return [query.Name ?? parameter.Name!];
        }

        return parameter.GetCustomAttribute<AsParametersAttribute>() is null
            ? []
            : parameter.ParameterType.GetProperties()
                .Select(property => (property.Name, Query: property.GetCustomAttribute<FromQueryAttribute>()))
                .Where(property => property.Query is not null)
                .Select(property => property.Query!.Name ?? property.Name);
    }

    // The framework leaves a malformed escape as it is, so that it would be searched for.
    private static void CheckEncoding(QueryString query, List<Fault> faults)
    {
        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            if (!PercentEncoding.TryDecode(pair.EncodedName.ToString(), out var name))
            {
                faults.Add(new Fault(pair.EncodedName.ToString(), $"The name of a query parameter {PercentEncoding.Fault}"));
            }
            else if (!PercentEncoding.TryDecode(pair.EncodedValue.ToString(), out _))
            {
                faults.Add(new Fault(name, $"'{pair.EncodedValue}' {PercentEncoding.Fault}"));
            }
        }
    }

    private static void Check(IQueryCollection query, HashSet<string> known, List<Fault> faults)
    {
        foreach (var (name, values) in query)
        {
            // The collection looks names up without case; the contract does not.
            if (!known.Contains(name))
            {
                var offered = known.Count == 0 ? "this operation has none" : $"known: {string.Join(", ", known.Order(StringComparer.Ordinal))}";
                faults.Add(new Fault(name, $"There is no query parameter '{name}' here ({offered})."));
            }
            else if (values.Count > 1)
            {
                faults.Add(new Fault(name, $"The query parameter '{name}' is given {values.Count} times."));
            }
        }
    }
}
