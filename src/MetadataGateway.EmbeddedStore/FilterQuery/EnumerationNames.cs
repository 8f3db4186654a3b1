using Google.Protobuf.Reflection;
using MlMetadata;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>
/// The names of an enumeration as filters write them. MLMD leaves out ABANDONED, REFERENCE, PENDING_OUTPUT and the event type UNKNOWN; here
/// all names of the interface count, as of defect D13 (docs/mlmd-compatibility.md).
/// </summary>
internal sealed class EnumerationNames(MessageDescriptor message, string enumeration)
{
    private readonly Dictionary<string, long> numbers = message.EnumTypes
        .Single(declared => declared.Name == enumeration).Values.ToDictionary(value => value.Name, value => (long)value.Number);

    public static EnumerationNames ArtifactState { get; } = new(Artifact.Descriptor, nameof(Artifact.State));

    public static EnumerationNames ExecutionState { get; } = new(Execution.Descriptor, nameof(Execution.Types.State));

    public static EnumerationNames EventType { get; } = new(Event.Descriptor, nameof(Event.Type));

    public IEnumerable<string> All => numbers.Keys;

    public long? NumberOf(string name) => numbers.TryGetValue(name, out var number) ? number : null;
}
