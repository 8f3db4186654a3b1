using Google.Protobuf;
using MlMetadata;

namespace MetadataGateway.Tests.Profiles.Quirks;

/// <summary>MySQL: a type that is read by name comes without its external_id.</summary>
internal sealed class TypesByNameLackExternalId : Quirk
{
    protected override IMessage After(StoreCall call, IMessage response)
    {
        (response as GetArtifactTypeResponse)?.ArtifactType.ClearExternalId();
        (response as GetExecutionTypeResponse)?.ExecutionType.ClearExternalId();
        (response as GetContextTypeResponse)?.ContextType.ClearExternalId();
        return response;
    }
}
