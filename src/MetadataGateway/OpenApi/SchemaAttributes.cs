namespace MetadataGateway.OpenApi;

/// <summary>
/// A JSON object whose members all have one type: <c>string</c>, <c>string or null</c> (null takes a member away in a PATCH), <c>any</c>, or the name
/// of one that has choices.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class MembersAttribute(string type, params string[] choices) : Attribute
{
    public string Type { get; } = type;

    /// <summary>Of texts: the only ones that are taken; empty when any is.</summary>
    public string[] Choices { get; } = choices;
}

/// <summary>A field or query parameter that takes one of a few texts. They are one schema of that name, so that generated clients have one type for them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class OneOfAttribute(string name, params string[] values) : Attribute
{
    public string Name { get; } = name;

    public string[] Values { get; } = values;
}

/// <summary>A query parameter that is bound as text, but takes true or false.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class BooleanParameterAttribute : Attribute;

/// <summary>A query parameter that is bound as text, so that a bad value gets our own error, but is a whole number to the client.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class IntegerParameterAttribute(int minimum, int maximum, int defaultValue) : Attribute
{
    public int Minimum { get; } = minimum;

    public int Maximum { get; } = maximum;

    public int DefaultValue { get; } = defaultValue;
}

/// <summary>A field that a create must give, while the same field of a PATCH may be left out.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RequiredToCreateAttribute : Attribute;
