using System.Collections.Immutable;
using MetadataGateway.Adoption;
using MetadataGateway.Filtering;
using MetadataGateway.KubeflowRecords;

namespace MetadataGateway.Artifacts;

/// <summary>
/// Where MLMD keeps an artifact's fields. A text field of an SDK record may stand in <c>__ALL_META__</c> alone, which no filter reaches, so
/// those are left to the gateway.
/// </summary>
/// <param name="MembersCheckedUpTo">
/// The time of update, in milliseconds since the Unix epoch, up to which every SDK artifact has its searchable members; null when none need have them.
/// </param>
internal sealed record ArtifactColumns(long? MembersCheckedUpTo)
{
    /// <summary>Not ABANDONED and REFERENCE, which MLMD's filter does not know (defect D13).</summary>
    private static readonly EnumColumn State = new("state", new HashSet<string> { "UNKNOWN", "PENDING", "LIVE", "MARKED_FOR_DELETION", "DELETED" });

    /// <summary>All but deleted artifacts, those without a state among them.</summary>
    public const string NotDeleted = "state NOT IN (MARKED_FOR_DELETION, DELETED)";

    public IReadOnlyList<FilterColumn> Of(FilterField field) => field.Name switch
    {
        "id" => [new IdColumn()],
        "createTime" => [new TimeColumn("create_time_since_epoch")],
        "updateTime" => [new TimeColumn("last_update_time_since_epoch")],
        "type" => [new TextColumn("type")],
        "kind" => [new KindColumn(kind => ArtifactKindNames.Parse(kind) is { } known ? ArtifactKinds.TypeNames(known) : ImmutableArray<string>.Empty)],
        "uri" => [new TextColumn("uri")],
        "state" => [State],
        "externalId" => [new TextColumn("external_id")],
        "run" => Text(StoreFilterText.Property("custom_properties", KubeflowPropertyNames.Run)),
        "properties" => One(PropertyColumn.Of("properties", field.Member!)),
        "customProperties" => One(PropertyColumn.Of("custom_properties", field.Member!)),
        SearchableMembers.Labels or SearchableMembers.Hyperparameters or SearchableMembers.Values when MembersCheckedUpTo is { } time => Member(field.Name, field.Member!, time),
        _ => [],
    };

    // SDK records have the member beside __ALL_META__, but for those that others changed lately; records of other forms keep the whole field as one text,
    // and metrics of Kubeflow Pipelines a double under the member's own name.
    private static FilterColumn[] Member(string field, string member, long checkedUpTo)
    {
        if (SearchableMembers.EncodeName(field, member) is not { Length: <= SearchableMembers.LongestName } name
            || StoreFilterText.Property("custom_properties", name) is not { } searchable
            || StoreFilterText.Property("custom_properties", $"{KubeflowPropertyNames.ReservedPrefix}{field}") is not { } whole)
        {
            return [];
        }

        FilterColumn[] places = [new MemberColumn(searchable), new AnywayColumn($"{whole}.string_value IS NOT NULL"), new AnywayColumn(ChangedArtifacts.ChangedSince(checkedUpTo))];
        if (field != SearchableMembers.Values)
        {
            return places;
        }

        return StoreFilterText.Property("custom_properties", member) is { } own ? [.. places, new MemberColumn(own)] : [];
    }

    private static IReadOnlyList<FilterColumn> Text(string? property) => property is null ? [] : [new TextColumn($"{property}.string_value", property)];

    private static IReadOnlyList<FilterColumn> One(FilterColumn? column) => column is null ? [] : [column];
}
