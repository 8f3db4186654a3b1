using System.Globalization;
using MetadataGateway.Artifacts;
using MetadataGateway.Errors;
using MetadataGateway.Filtering;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Paging;
using MlMetadata;

namespace MetadataGateway.Executions;

/// <summary>A link of a request and where it stands in it (<c>inputs[0].</c>).</summary>
internal sealed record GivenLink(LinkRequest Link, string Path)
{
    public bool IsReference => !string.IsNullOrEmpty(Link.ArtifactId);

    /// <summary>The artifact to record; null for a reference and for a search.</summary>
    public GivenArtifact? Artifact =>
        IsReference || Link.Match is not null ? null : new GivenArtifact(Link, ArtifactKindNames.Parse(Link.Kind)!.Value, Path);
}

/// <summary>An input or output once its artifact is known.</summary>
internal sealed record PlannedLink(PlannedArtifact Artifact, string? Key, string Path);

/// <summary>Finds the artifacts of links: references, searches and artifacts to record, each sort for the whole request at once.</summary>
internal sealed class LinkPlanner(MetadataStoreService.MetadataStoreServiceClient client, ArtifactReader reader, ArtifactPlanner planner, NodeList list)
{
    public async Task<IReadOnlyList<PlannedLink>> PlanAsync(
        IReadOnlyList<GivenLink> links, RecordScope scope, IfExists ifExists, CancellationToken cancellationToken)
    {
        var artifacts = new PlannedArtifact[links.Count];
        var faults = new List<Fault>();
        await ResolveReferencesAsync(links, artifacts, faults, cancellationToken);
        for (var i = 0; i < links.Count; i++)
        {
            if (links[i].Link.Match is { } match)
            {
                if (await FindNewestAsync(match, scope, cancellationToken) is { } found)
                {
                    artifacts[i] = Stored(found);
                }
                else
                {
                    faults.Add(new Fault($"{links[i].Path}match", $"No artifact of workspace '{scope.Workspace}' matches."));
                }
            }
        }

        if (faults.Count > 0)
        {
            throw new ProblemException(ProblemType.UnresolvedReference, string.Join(" ", faults), faults);
        }

        var inline = Enumerable.Range(0, links.Count).Where(i => artifacts[i] is null).ToList();
        var given = inline.Select(i => links[i].Artifact!).ToList();
        var planned = await planner.PlanAsync(given, scope.Workspace, scope.Run, ifExists, cancellationToken);
        for (var i = 0; i < inline.Count; i++)
        {
            artifacts[inline[i]] = planned[i];
        }

        return [.. links.Select((link, i) => new PlannedLink(artifacts[i], string.IsNullOrEmpty(link.Link.Key) ? null : link.Link.Key, link.Path))];
    }

    /// <summary>
    /// MLMD keeps one event per artifact, execution and direction: the same artifact twice in a list is one link, and a link without key is the
    /// same as one with. Two different keys cannot both be kept.
    /// </summary>
    public static IReadOnlyList<PlannedLink> Fold(IEnumerable<PlannedLink> links)
    {
        var folded = new List<PlannedLink>();
        foreach (var link in links)
        {
            var same = folded.FindIndex(other => IsSame(other.Artifact, link.Artifact));
            if (same < 0)
            {
                folded.Add(link);
            }
            else if (folded[same].Key is null)
            {
                folded[same] = folded[same] with { Key = link.Key };
            }
            else if (link.Key is not null && link.Key != folded[same].Key)
            {
                throw ProblemException.Invalid($"{link.Path}key", $"The same artifact stands in this list under the key '{folded[same].Key}' already.");
            }
        }

        return folded;
    }

    public static bool IsSame(PlannedArtifact one, PlannedArtifact other) =>
        ReferenceEquals(one, other) || (one.Stored is not null && other.Stored is not null && one.Id == other.Id);

    public static PlannedArtifact Stored(Artifact artifact) => new() { Stored = artifact, Id = artifact.Id };

    private async Task ResolveReferencesAsync(
        IReadOnlyList<GivenLink> links, PlannedArtifact[] artifacts, List<Fault> faults, CancellationToken cancellationToken)
    {
        var references = Enumerable.Range(0, links.Count).Where(i => links[i].IsReference)
            .Select(i => (Index: i, Id: long.Parse(links[i].Link.ArtifactId!, CultureInfo.InvariantCulture))).ToList();
        if (references.Count == 0)
        {
            return;
        }

        var found = await reader.FindAsync(references.Select(reference => reference.Id), cancellationToken);
        foreach (var (index, id) in references)
        {
            if (found.TryGetValue(id, out var artifact))
            {
                artifacts[index] = Stored(artifact);
            }
            else
            {
                faults.Add(new Fault($"{links[index].Path}artifactId", $"There is no artifact {id}."));
            }
        }
    }

    private async Task<Artifact?> FindNewestAsync(MatchRequest match, RecordScope scope, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(match.Uri))
        {
            var byUri = await client.GetArtifactsByURIAsync(new() { Uris = { match.Uri } }, cancellationToken: cancellationToken);
            var inWorkspace = byUri.Artifacts.Where(artifact => Matches(artifact, match)).OrderByDescending(artifact => artifact.Id).ToList();
            return await FirstInWorkspaceAsync(inWorkspace, scope, cancellationToken);
        }

        if (scope.WorkspaceId is not { } workspaceId)
        {
            return null;
        }

        // From the newest down, page by page: what a later step looks for is seldom far.
        var read = await list.PagesAsync(
            new NodeQuery<Artifact>
            {
                Read = async (options, token) =>
                {
                    var answer = await client.GetArtifactsByContextAsync(new() { ContextId = workspaceId, Options = options }, cancellationToken: token);
                    return new StorePage<Artifact>(answer.Artifacts, answer.NextPageToken);
                },
                Plan = _ => FilterPlan.Of(
                    ArtifactKindNames.Parse(match.Kind) is { } kind and not ArtifactKind.Artifact ? KindColumn.Types(ArtifactKinds.TypeNames(kind)) : null),
            },
            NodeOrder.NewestFirst, cancellationToken);
        var newest = await NodeScan.RunAsync(
            read, NodeOrder.NewestFirst, PagePosition.Start, 1, artifact => Matches(artifact, match), int.MaxValue, until: null, cancellationToken);
        return newest.Nodes.Count > 0 ? newest.Nodes[0] : null;
    }

    private async Task<Artifact?> FirstInWorkspaceAsync(IEnumerable<Artifact> newestFirst, RecordScope scope, CancellationToken cancellationToken)
    {
        foreach (var artifact in newestFirst)
        {
            if ((await reader.ToResourceAsync(artifact, cancellationToken)).Workspace == scope.Workspace)
            {
                return artifact;
            }
        }

        return null;
    }

    private static bool Matches(Artifact artifact, MatchRequest match)
    {
        var record = ArtifactRecord.Of(artifact);
        return !ArtifactIdentity.IsDeleted(artifact)
            && (string.IsNullOrEmpty(match.Kind) || ArtifactKinds.OfType(artifact.Type) == ArtifactKindNames.Parse(match.Kind))
            && (string.IsNullOrEmpty(match.Uri) || record.Uri == match.Uri)
            && (string.IsNullOrEmpty(match.Name) || record.GetText("name") == match.Name)
            && (string.IsNullOrEmpty(match.Version) || record.GetText("version") == match.Version);
    }
}
