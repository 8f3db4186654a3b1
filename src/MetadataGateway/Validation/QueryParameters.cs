using System.Reflection;
using MetadataGateway.Errors;
using Microsoft.AspNetCore.Mvc;

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
                Check(invocation.HttpContext.Request.Query, known, RequestFaults.Of(invocation.HttpContext));
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
