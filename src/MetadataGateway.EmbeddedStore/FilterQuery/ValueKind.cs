namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>Types of a filter's values. They do not mix, but for an integer beside a double.</summary>
internal enum ValueKind
{
    Integer,
    Double,
    Text,
    Boolean,

    /// <summary>A state or event type, which is stored as a number and written as a bare name.</summary>
    Enumeration,

    /// <summary>The bare word NULL.</summary>
    Null,
}
