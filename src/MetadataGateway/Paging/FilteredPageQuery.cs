using System.ComponentModel;
using MetadataGateway.Errors;
using MetadataGateway.Filtering;
using MetadataGateway.OpenApi;
using Microsoft.AspNetCore.Mvc;

namespace MetadataGateway.Paging;

/// <summary>The query parameters of lists that can be ordered and filtered; each resource has its own fields.</summary>
internal abstract class FilteredPageQuery(FilterGrammar grammar) : OrderedPageQuery
{
    private FilterExpression? _expression;

    [FromQuery(Name = "filter"), Description("SQL-like, over the fields of the resource: kind = 'model' AND labels.team = 'vision' AND values.accuracy >= 0.9. Operators = != < <= > >= [NOT] IN, LIKE, ILIKE, BETWEEN, IS NULL; AND, OR, NOT; odd member names in back quotes.")]
    public string? Filter { get; init; }

    /// <summary>What the filter says of one record; null when all are wanted.</summary>
    public Func<TNode, bool>? Selector<TNode>(Func<TNode, FilterField, object?> valueOf) =>
        _expression is { } expression ? node => FilterEvaluator.Selects(expression, field => valueOf(node, field)) : null;

    /// <summary>What MLMD can select of it.</summary>
    public FilterPlan Plan(Func<FilterField, IReadOnlyList<FilterColumn>> columnsOf) => FilterPlanner.Plan(_expression, columnsOf);

    /// <summary>The texts that the field must have one of; null when the filter does not say so.</summary>
    public IReadOnlyList<object>? Literals(string field) => FilterPlanner.Literals(_expression, field);

    /// <summary>Whether the filter depends on the field.</summary>
    public bool Filters(string field) => _expression?.Names(field) == true;

    public override void Check(ICollection<Fault> faults)
    {
        base.Check(faults);
        if (string.IsNullOrWhiteSpace(Filter))
        {
            return;
        }

        try
        {
            _expression = grammar.Parse(Filter);
        }
        catch (FilterFault fault)
        {
            faults.Add(new Fault("filter", $"{fault.Message} (at position {fault.Position}).", fault.Position));
        }
    }
}

/// <summary>For lists of workspaces, runs and contexts of any type.</summary>
internal sealed class LabelledContextPageQuery() : FilteredPageQuery(Grammar)
{
    private static readonly FilterGrammar Grammar = new(FilterVocabulary.LabelledContexts);
}

/// <summary>For lists of executions.</summary>
internal sealed class ExecutionPageQuery() : FilteredPageQuery(Grammar)
{
    private static readonly FilterGrammar Grammar = new(FilterVocabulary.Executions);
}

/// <summary>For lists of artifacts.</summary>
internal sealed class ArtifactPageQuery() : FilteredPageQuery(Grammar)
{
    private static readonly FilterGrammar Grammar = new(FilterVocabulary.Artifacts);

    [FromQuery(Name = "showDeleted"), Description("true: with the artifacts in state MARKED_FOR_DELETION or DELETED. Default: false."), BooleanParameter]
    public string? ShowDeletedText { get; init; }

    public bool ShowDeleted => ShowDeletedText == "true";

    public override void Check(ICollection<Fault> faults)
    {
        base.Check(faults);
        if (ShowDeletedText is not (null or "true" or "false"))
        {
            faults.Add(new Fault("showDeleted", "must be true or false."));
        }
    }
}
