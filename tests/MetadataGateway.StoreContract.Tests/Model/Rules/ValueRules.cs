using MlMetadata;

namespace MetadataGateway.StoreContract.Tests.Model.Rules;

/// <summary>What the properties of a node may hold.</summary>
internal static class ValueRules
{
    public static void Check(ModelType type, ModelNode given, MaskRules? mask)
    {
        foreach (var (name, value) in given.Properties.Where(property => mask is null || mask.CoversProperty(property.Key)))
        {
            if (!type.Properties.TryGetValue(name, out var kind))
                throw ModelFailure.Invalid("a property is not one of the type");
            if (kind != KindOf(value))
                throw ModelFailure.Invalid("a property has another kind than in the type");
            CheckStorable(value);
        }
        foreach (var (_, value) in given.CustomProperties.Where(property => mask is null || mask.CoversCustomProperty(property.Key)))
            CheckStorable(value);
    }

    private static PropertyType KindOf(Value value) => value.ValueCase switch
    {
        Value.ValueOneofCase.IntValue => PropertyType.Int,
        Value.ValueOneofCase.DoubleValue => PropertyType.Double,
        Value.ValueOneofCase.StringValue => PropertyType.String,
        Value.ValueOneofCase.StructValue => PropertyType.Struct,
        Value.ValueOneofCase.ProtoValue => PropertyType.Proto,
        Value.ValueOneofCase.BoolValue => PropertyType.Boolean,
        _ => PropertyType.Unknown,
    };

    /// <summary>What MLMD would store and then not read back (defects D4 to D6, NUL and empty-any, docs/mlmd-compatibility.md).</summary>
    private static void CheckStorable(Value value)
    {
        var isStorable = value.ValueCase switch
        {
            Value.ValueOneofCase.None => false,
            Value.ValueOneofCase.DoubleValue => double.IsFinite(value.DoubleValue),
            Value.ValueOneofCase.StringValue => value.StringValue != "__MLMD_NULL__"
                && !value.StringValue.StartsWith("mlmd-struct::", StringComparison.Ordinal)
                && !value.StringValue.Contains('\0'),
            Value.ValueOneofCase.ProtoValue => value.ProtoValue.TypeUrl.Length > 0,
            _ => true,
        };
        if (!isStorable)
            throw ModelFailure.Invalid("a value cannot be read back");
    }
}
