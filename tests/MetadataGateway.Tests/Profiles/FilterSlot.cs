using Google.Protobuf.Reflection;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles;

/// <summary>A place in a request where a filter stands, and the kind of node that it is about.</summary>
internal sealed record FilterSlot(MessageDescriptor Kind, string Filter, Action<string> Replace)
{
    public static IEnumerable<FilterSlot> Of(LineageSubgraphQueryOptions query)
    {
        if (query.StartingArtifacts is { FilterQuery.Length: > 0 } fromArtifacts)
        {
            yield return new(Artifact.Descriptor, fromArtifacts.FilterQuery, filter => fromArtifacts.FilterQuery = filter);
        }

        if (query.StartingExecutions is { FilterQuery.Length: > 0 } fromExecutions)
        {
            yield return new(Execution.Descriptor, fromExecutions.FilterQuery, filter => fromExecutions.FilterQuery = filter);
        }

        if (query.EndingArtifacts is { FilterQuery.Length: > 0 } toArtifacts)
        {
            yield return new(Artifact.Descriptor, toArtifacts.FilterQuery, filter => toArtifacts.FilterQuery = filter);
        }

        if (query.EndingExecutions is { FilterQuery.Length: > 0 } toExecutions)
        {
            yield return new(Execution.Descriptor, toExecutions.FilterQuery, filter => toExecutions.FilterQuery = filter);
        }
    }
}
