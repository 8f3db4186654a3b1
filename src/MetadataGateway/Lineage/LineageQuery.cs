using System.ComponentModel;
using System.Globalization;
using MetadataGateway.Errors;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;
using Microsoft.AspNetCore.Mvc;

namespace MetadataGateway.Lineage;

/// <summary>The query parameters of a lineage.</summary>
internal sealed class LineageQuery : ICheckedParameters
{
    private const int DefaultMaxHops = 10;
    private const int LargestMaxHops = 100;
    private const int DefaultNodeLimit = 500;
    private const int LargestNodeLimit = 10_000;

    [FromQuery(Name = "direction"), Description("upstream (where it comes from), downstream (what became of it) or both (default); both does not follow siblings."), OneOf("LineageDirection", "upstream", "downstream", "both")]
    public string? DirectionText { get; init; }

    [FromQuery(Name = "maxHops"), Description("How many events to follow from the root."), IntegerParameter(0, LargestMaxHops, DefaultMaxHops)]
    public string? MaxHopsText { get; init; }

    [FromQuery(Name = "nodeLimit"), Description("Largest number of nodes, the root included."), IntegerParameter(1, LargestNodeLimit, DefaultNodeLimit)]
    public string? NodeLimitText { get; init; }

    [FromQuery(Name = "format"), Description("json (default), dot or mermaid. Also by the Accept header: text/vnd.graphviz, text/vnd.mermaid; this parameter wins."), OneOf("LineageFormat", "json", "dot", "mermaid")]
    public string? Format { get; init; }

    public bool FollowsUpstream => DirectionText is not "downstream";

    public bool FollowsDownstream => DirectionText is not "upstream";

    public int MaxHops => MaxHopsText is null ? DefaultMaxHops : int.Parse(MaxHopsText, CultureInfo.InvariantCulture);

    public int NodeLimit => NodeLimitText is null ? DefaultNodeLimit : int.Parse(NodeLimitText, CultureInfo.InvariantCulture);

    public void Check(ICollection<Fault> faults)
    {
        if (DirectionText is not (null or "upstream" or "downstream" or "both"))
        {
            faults.Add(new Fault("direction", "must be upstream, downstream or both."));
        }

        if (Format is not (null or "json" or "dot" or "mermaid"))
        {
            faults.Add(new Fault("format", "must be json, dot or mermaid."));
        }

        CheckNumber(MaxHopsText, "maxHops", 0, LargestMaxHops, faults);
        CheckNumber(NodeLimitText, "nodeLimit", 1, LargestNodeLimit, faults);
    }

    private static void CheckNumber(string? text, string name, int minimum, int maximum, ICollection<Fault> faults)
    {
        if (text is not null
            && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum))
        {
            faults.Add(new Fault(name, $"must be a whole number from {minimum} to {maximum}."));
        }
    }
}
