using Superpower.Display;

namespace MetadataGateway.EmbeddedStore.FilterQuery;

/// <summary>What a filter query is made of. The examples and descriptions end up in error texts.</summary>
internal enum FilterToken
{
    [Token(Description = "attribute")]
    Path,

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

    [Token(Example = "=")]
    Equal,

    [Token(Example = "!=")]
    NotEqual,

    [Token(Example = "<>")]
    LessOrGreater,

    [Token(Example = "<")]
    Less,

    [Token(Example = "<=")]
    LessOrEqual,

    [Token(Example = ">")]
    Greater,

    [Token(Example = ">=")]
    GreaterOrEqual,

    [Token(Example = "+")]
    Plus,

    [Token(Example = "-")]
    Minus,

    [Token(Example = "*")]
    Times,

    [Token(Example = "/")]
    Divide,

    [Token(Example = "(")]
    Open,

    [Token(Example = ")")]
    Close,

    [Token(Example = ",")]
    Comma,
}
