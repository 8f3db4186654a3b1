namespace MetadataGateway.Tests.Profiles;

/// <summary>What not every MLMD can do, by the API's contract: a test that needs it says so, and what happens elsewhere is asserted in ProfileApiTests.</summary>
[Flags]
public enum StoreAbility
{
    /// <summary>Nothing in particular.</summary>
    None = 0,

    /// <summary>Integers of 64 bits; else they are 400.</summary>
    WideIntegers = 1,

    /// <summary>Doubles come back exactly; else six decimals of them.</summary>
    ExactDoubles = 2,

    /// <summary>Names that differ in case only are two; else the second is 409.</summary>
    CaseInNames = 4,

    /// <summary>Names of more than 255 bytes, which other clients may have stored.</summary>
    LongNames = 8,

    /// <summary>Text of any length and with any character; else a backslash, also one that JSON needs, and long text are 400.</summary>
    AnyText = 16,

    /// <summary>A change is refused when another was faster; else one of the two may be lost.</summary>
    CheckedUpdates = 32,

    /// <summary>A filter_query, and with it GetLineageSubgraph.</summary>
    Filters = 64,

    /// <summary>GetLineageSubgraph that tells the links to contexts; else a call a node does.</summary>
    LinksInLineage = 128,
}
