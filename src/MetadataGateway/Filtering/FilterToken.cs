using Superpower.Display;

namespace MetadataGateway.Filtering;

/// <summary>What a filter is made of. The examples and descriptions end up in error texts.</summary>
internal enum FilterToken
{
    [Token(Description = "field")]
    Field,

    [Token(Description = "string")]
    Text,

    [Token(Description = "number")]
    Number,

    [Token(Example = "AND")]
    And,

    [Token(Example = "OR")]
    Or,

    [Token(Example = "NOT")]
    Not,

    [Token(Example = "IN")]
    In,

    [Token(Example = "LIKE")]
    Like,

    [Token(Example = "ILIKE")]
    ILike,

    [Token(Example = "BETWEEN")]
    Between,

    [Token(Example = "IS")]
    Is,

    [Token(Example = "NULL")]
    Null,

    [Token(Example = "TRUE")]
    True,

    [Token(Example = "FALSE")]
    False,

    [Token(Description = "comparison")]
    Comparison,

    [Token(Example = "(")]
    Open,

    [Token(Example = ")")]
    Close,

    [Token(Example = ",")]
    Comma,
}
