using Google.Protobuf.WellKnownTypes;
using MlMetadata;
using Any = Google.Protobuf.WellKnownTypes.Any;
using Value = MlMetadata.Value;

namespace MetadataGateway.StoreContract.Tests.Model.Generation;

/// <summary>The texts and values that random requests are made of: few, so that they meet again and again.</summary>
internal static class Pools
{
    /// <summary>Each property is usually of the kind that it is named after, in types and in nodes.</summary>
    public static readonly (string Name, PropertyType Kind)[] Properties =
    [
        ("int", PropertyType.Int),
        ("double", PropertyType.Double),
        ("string", PropertyType.String),
        ("a.struct", PropertyType.Struct),
        ("a proto", PropertyType.Proto),
        ("bool", PropertyType.Boolean),
        ("propertiesX", PropertyType.Int),
        ("custom_propertiesX", PropertyType.Int),
    ];

    public static readonly string[] MaskPaths =
    [
        "uri", "state", "last_known_state", "external_id", "name", "type_id", "id", "type", "create_time_since_epoch",
        "properties", "custom_properties", "propertiesX", "custom_propertiesX", "", "nothing", "uri.x", "properties.nothing",
        .. Properties.SelectMany(property => new[] { $"properties.{property.Name}", $"custom_properties.{property.Name}" }),
    ];

    private static readonly string[] TypeNames = Often(["T", "U", "V"], 30, "mlmd.Model", "mlmd.Train", "");
    private static readonly string[] Versions = ["", "1"];
    private static readonly string[] NodeNames = Often(["a", "b", "c", "d"], 15, "");
    private static readonly string[] ExternalIds = Often(["x1", "x2", "x3", "x4"], 6, "");
    private static readonly string[] Uris = ["u:1", "u:2", "u:3", "U:1", ""];
    private static readonly string[] Descriptions = ["", "text"];

    private static readonly Value[] Unstorable =
    [
        new Value(),
        new Value { DoubleValue = double.NaN },
        new Value { DoubleValue = double.PositiveInfinity },
        new Value { StringValue = "mlmd-struct::" },
        new Value { StringValue = "__MLMD_NULL__" },
        new Value { StringValue = "a\0b" },
        new Value { ProtoValue = new Any() },
    ];

    private static readonly Dictionary<PropertyType, Value[]> Values = new()
    {
        [PropertyType.Int] = [Int(0), Int(1), Int(-7), Int(long.MaxValue), Int(long.MinValue)],
        [PropertyType.Double] = [Double(0), Double(0.1), Double(-1e-9), Double(double.MaxValue), Double(1.0 / 3), Double(1e15)],
        [PropertyType.String] = [Text(""), Text("text"), Text("Größe 学"), Text("0"), Text("'; --"), Text("mlmd-struct:")],
        [PropertyType.Struct] =
        [
            new Value { StructValue = new Struct() },
            new Value
            {
                StructValue = new Struct
                {
                    Fields =
                    {
                        [""] = Google.Protobuf.WellKnownTypes.Value.ForNull(),
                        ["n"] = Google.Protobuf.WellKnownTypes.Value.ForNumber(0.5),
                        ["l"] = Google.Protobuf.WellKnownTypes.Value.ForList(Google.Protobuf.WellKnownTypes.Value.ForBool(true)),
                    },
                },
            },
        ],
        [PropertyType.Proto] =
        [
            new Value { ProtoValue = Any.Pack(new StringValue { Value = "text" }) },
            new Value { ProtoValue = Any.Pack(new Int64Value()) },
        ],
        [PropertyType.Boolean] = [new Value { BoolValue = false }, new Value { BoolValue = true }],
    };

    private static readonly ArtifactStructType[] Signatures =
    [
        new ArtifactStructType { Any = new AnyArtifactStructType() },
        new ArtifactStructType { Simple = new ArtifactType { Name = "T", Properties = { ["int"] = PropertyType.Int } } },
        new ArtifactStructType
        {
            Dict = new DictArtifactStructType
            {
                Properties = { ["in"] = new ArtifactStructType { None = new NoneArtifactStructType() } },
                NoneTypeNotRequired = true,
            },
        },
    ];

    /// <summary>The texts of a field, by its name and that of its message.</summary>
    public static string[] Texts(string message, string field) => field switch
    {
        "name" => message.EndsWith("Type", StringComparison.Ordinal) ? TypeNames : NodeNames,
        "artifact_name" or "execution_name" or "context_name" => NodeNames,
        "type_name" => TypeNames,
        "version" or "type_version" => Versions,
        "description" => Descriptions,
        "external_id" or "external_ids" => ExternalIds,
        "uri" or "uris" => Uris,
        "type" => [Placeholders.AsStored, Placeholders.AsStored, Placeholders.Unchanged, Placeholders.Unchanged, "T", ""],
        "next_page_token" => [Placeholders.LastToken, Placeholders.LastToken, Placeholders.LastToken, "no token", ""],
        "key" => ["k", ""],
        _ => throw new NotSupportedException($"There are no texts for {message}.{field}."),
    };

    public static long[] Numbers(string field) => field switch
    {
        "max_result_size" => [1, 1, 2, 2, 3, 3, 4, 20, 100, 101, 0, -1, int.MaxValue, int.MaxValue - 1],
        "artifact_index" or "execution_index" => [0, 1, 2, 3, -1],
        // Relative to the stored time.
        "last_update_time_since_epoch" => [0, 0, 0, 0, 0, 0, 0, 1, -1],
        "create_time_since_epoch" or "milliseconds_since_epoch" or "index" => [0, 1, 1_700_000_000_000, -1],
        _ => throw new NotSupportedException($"There are no numbers for {field}."),
    };

    public static Value Value(Random random, PropertyType kind)
    {
        if (random.NextDouble() < 0.01)
            return random.Pick(Unstorable).Clone();
        return random.Pick(Values[kind]).Clone();
    }

    private static string[] Often(string[] texts, int times, params string[] others) =>
        [.. Enumerable.Repeat(texts, times).SelectMany(repeated => repeated), .. others];

    public static ArtifactStructType Signature(Random random) => random.Pick(Signatures).Clone();

    public static T Pick<T>(this Random random, IReadOnlyList<T> pool) => pool[random.Next(pool.Count)];

    private static Value Int(long number) => new() { IntValue = number };

    private static Value Double(double number) => new() { DoubleValue = number };

    private static Value Text(string text) => new() { StringValue = text };
}
