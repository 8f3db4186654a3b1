using Microsoft.AspNetCore.Routing.Matching;
using Microsoft.AspNetCore.Routing.Patterns;

namespace MetadataGateway.Http;

/// <summary>
/// A catch-all parameter takes an empty rest, too: <c>/artifactTypes/{*name}</c> matches <c>/artifactTypes</c>, and its methods would count as
/// offered on the collection. Where routes without such a parameter end, it does not count. Runs before the choice by method.
/// </summary>
internal sealed class EmptyCatchAllPolicy : MatcherPolicy, INodeBuilderPolicy
{
    // The framework's choice by method has -1000.
    public override int Order => -2000;

    public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(EndsInCatchAll) && !endpoints.All(EndsInCatchAll);

    public IReadOnlyList<PolicyNodeEdge> GetEdges(IReadOnlyList<Endpoint> endpoints) =>
        [new PolicyNodeEdge(nameof(EmptyCatchAllPolicy), [.. endpoints.Where(endpoint => !EndsInCatchAll(endpoint))])];

    public PolicyJumpTable BuildJumpTable(int exitDestination, IReadOnlyList<PolicyJumpTableEdge> edges) => new OnlyWay(edges[0].Destination);

    private static bool EndsInCatchAll(Endpoint endpoint) =>
        endpoint is RouteEndpoint { RoutePattern.PathSegments: [.., { Parts: [RoutePatternParameterPart { IsCatchAll: true }] }] };

    private sealed class OnlyWay(int destination) : PolicyJumpTable
    {
        public override int GetDestination(HttpContext httpContext) => destination;
    }
}
