using System.Text.Json;
using System.Text.Json.Nodes;
using MlMetadata;

namespace MetadataGateway.Filtering;

/// <summary>Stored values as the evaluator takes them.</summary>
internal static class FilterValues
{
    /// <summary>A member of labels, hyperparameters, values or trainingFramework.</summary>
    public static object? Of(JsonNode? node) => node?.GetValueKind() switch
    {
        null or JsonValueKind.Null => null,
        JsonValueKind.String => node.GetValue<string>(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        // One that no double holds is there, but compares with nothing.
        JsonValueKind.Number => FilterNumber.Parse(node.ToJsonString()) ?? FilterEvaluator.Incomparable,
        _ => FilterEvaluator.Incomparable,
    };

    /// <summary>An MLMD property.</summary>
    public static object? Of(Value? value) => value?.ValueCase switch
    {
        null or Value.ValueOneofCase.None => null,
        Value.ValueOneofCase.StringValue => value.StringValue,
        Value.ValueOneofCase.BoolValue => value.BoolValue,
        Value.ValueOneofCase.IntValue => value.IntValue,
        Value.ValueOneofCase.DoubleValue => value.DoubleValue,
        _ => FilterEvaluator.Incomparable,
    };
}
