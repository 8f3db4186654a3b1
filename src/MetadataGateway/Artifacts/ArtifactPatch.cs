using System.Text.Json;
using System.Text.Json.Nodes;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.MetadataStore;
using MetadataGateway.Validation;
using MlMetadata;

namespace MetadataGateway.Artifacts;

/// <summary>What a merge patch makes of a stored artifact. Pure. Only what it changes is judged: records of others may lack what we require.</summary>
internal static class ArtifactPatch
{
    /// <returns>The changed copy, and what has to be checked for references.</returns>
    public static (Artifact Changed, GivenArtifact Given) Apply(Artifact stored, ArtifactResource resource, JsonElement patch, RegisteredType? type)
    {
        var kind = ArtifactKinds.OfType(stored.Type);
        var record = ArtifactRecord.Of(stored.Clone(), type);
        var editable = new HashSet<string>(ArtifactFields.Of(kind));
        if (record is not SdkArtifactRecord)
        {
            editable.Add("properties");
        }

        var faults = new List<Fault>();
        var current = (JsonObject)JsonSerializer.SerializeToNode(resource, JsonConfiguration.Options)!;
        var changes = MergePatch.Changes(current, patch, editable, ArtifactFields.Deep, faults);
        var given = Convert(changes, faults);
        faults.AddRange(new ArtifactFieldValidator(isPatch: true).Validate(given).Errors.Select(failure => new Fault(failure.PropertyName, failure.ErrorMessage)));
        if (record is SdkArtifactRecord)
        {
            faults.AddRange(changes.Where(field => field.Key is "name" or "uri" && string.IsNullOrEmpty((string?)field.Value))
                .Select(field => new Fault(field.Key, $"'{field.Key}' is required.")));
        }

        ArtifactWriting.Apply(record, given, changes.Select(field => field.Key), type, "", faults, isPatch: true);
        if (faults.Count > 0)
        {
            throw ProblemException.Invalid([.. faults.Distinct()]);
        }

        ArtifactDeletion.Remember(stored, record.Node);
        ArtifactIdentity.MoveKey(stored, record.Node);
        return (record.Node, new GivenArtifact(given, kind, ""));
    }

    private static ArtifactRequest Convert(JsonObject changes, ICollection<Fault> faults) =>
        JsonBody.Convert<ArtifactRequest>(JsonSerializer.SerializeToElement(changes, JsonConfiguration.Options), faults)
        ?? throw ProblemException.Invalid([.. faults]);
}
