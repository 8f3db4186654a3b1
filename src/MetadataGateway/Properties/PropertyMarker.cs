using MetadataGateway.Json;

namespace MetadataGateway.Properties;

/// <summary>
/// The member names of the objects that say what a JSON literal cannot. An object is read so only if the marker is its one
/// member; any other object is a struct as it stands.
/// </summary>
internal static class PropertyMarker
{
    public const string Int = "@int";
    public const string Double = NonFiniteNumber.Marker;
    public const string Struct = "@struct";
    public const string Proto = "@proto";

    public const string TypeUrl = "typeUrl";
    public const string ProtoValue = "value";

    /// <summary>The one member of the struct that stands for a list, as Kubeflow Pipelines writes it.</summary>
    public const string List = "list";

    public static bool IsMarker(string name) => name is Int or Double or Struct or Proto;
}
