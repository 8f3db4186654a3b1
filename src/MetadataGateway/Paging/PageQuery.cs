using System.ComponentModel;
using System.Globalization;
using MetadataGateway.Errors;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;
using Microsoft.AspNetCore.Mvc;
using MlMetadata;

namespace MetadataGateway.Paging;

/// <summary>The query parameters of every list.</summary>
internal class PageQuery : ICheckedParameters
{
    public const int DefaultPageSize = 50;
    public const int MaxPageSize = 1000;

    [FromQuery(Name = "pageSize"), Description("Largest number of items in the answer."), IntegerParameter(1, MaxPageSize, DefaultPageSize)]
    public string? PageSizeText { get; init; }

    [FromQuery(Name = "pageToken"), Description("nextPageToken of the answer before; bound to the collection and its other parameters.")]
    public string? PageToken { get; init; }

    public int PageSize => PageSizeText is null ? DefaultPageSize : int.Parse(PageSizeText, CultureInfo.InvariantCulture);

    public virtual void Check(ICollection<Fault> faults)
    {
        if (PageSizeText is not null
            && !(int.TryParse(PageSizeText, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= MaxPageSize))
        {
            faults.Add(new Fault("pageSize", $"must be a whole number from 1 to {MaxPageSize}."));
        }
    }
}

/// <summary>The query parameters of the lists of nodes, which can be ordered.</summary>
internal class OrderedPageQuery : PageQuery
{
    [FromQuery(Name = "orderBy"), Description("createTime, updateTime or id, then optionally asc or desc; default: id asc. Ties are ordered by id in the same direction.")]
    public string? OrderBy { get; init; }

    public NodeOrder Order => NodeOrder.TryParse(OrderBy, out var order) ? order : NodeOrder.ById;

    public override void Check(ICollection<Fault> faults)
    {
        base.Check(faults);
        if (!NodeOrder.TryParse(OrderBy, out _))
        {
            faults.Add(new Fault("orderBy", "must be createTime, updateTime or id, then optionally ' asc' or ' desc'."));
        }
    }
}

/// <summary>An order that MLMD offers: by id or by one of the two times, then by id, in one direction.</summary>
internal sealed record NodeOrder(ListOperationOptions.Types.OrderByField.Types.Field Field, bool IsAscending)
{
    public static NodeOrder ById { get; } = new(ListOperationOptions.Types.OrderByField.Types.Field.Id, true);

    /// <summary>Newest record first.</summary>
    public static NodeOrder NewestFirst { get; } = new(ListOperationOptions.Types.OrderByField.Types.Field.Id, false);

    public static bool TryParse(string? text, out NodeOrder order)
    {
        order = ById;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        var words = text.Split(' ');
        ListOperationOptions.Types.OrderByField.Types.Field? field = words[0] switch
        {
            "id" => ListOperationOptions.Types.OrderByField.Types.Field.Id,
            "createTime" => ListOperationOptions.Types.OrderByField.Types.Field.CreateTime,
            "updateTime" => ListOperationOptions.Types.OrderByField.Types.Field.LastUpdateTime,
            _ => null,
        };
        if (field is null || words.Length > 2 || (words.Length == 2 && words[1] is not ("asc" or "desc")))
        {
            return false;
        }

        order = new NodeOrder(field.Value, words.Length == 1 || words[1] == "asc");
        return true;
    }

    public NodePosition PositionOf(object node)
    {
        var (id, createTime, updateTime) = node switch
        {
            Artifact artifact => (artifact.Id, artifact.CreateTimeSinceEpoch, artifact.LastUpdateTimeSinceEpoch),
            Execution execution => (execution.Id, execution.CreateTimeSinceEpoch, execution.LastUpdateTimeSinceEpoch),
            Context context => (context.Id, context.CreateTimeSinceEpoch, context.LastUpdateTimeSinceEpoch),
            _ => throw new ArgumentException($"{node.GetType()} is not an MLMD node."),
        };
        return Field switch
        {
            ListOperationOptions.Types.OrderByField.Types.Field.CreateTime => new NodePosition(createTime, id),
            ListOperationOptions.Types.OrderByField.Types.Field.LastUpdateTime => new NodePosition(updateTime, id),
            _ => new NodePosition(0, id),
        };
    }

    public bool IsAfter(NodePosition position, NodePosition other)
    {
        var comparison = (position.Time, position.Id).CompareTo((other.Time, other.Id));
        return IsAscending ? comparison > 0 : comparison < 0;
    }

    /// <summary>Whether a record that is changed comes after all others.</summary>
    public bool MovesWithUpdates => IsAscending && Field == ListOperationOptions.Types.OrderByField.Types.Field.LastUpdateTime;

    public NodeOrder Reversed => this with { IsAscending = !IsAscending };

    /// <summary>MLMD's filter for what comes after a position.</summary>
    public string ConditionAfter(NodePosition position)
    {
        var after = IsAscending ? '>' : '<';
        var time = Field switch
        {
            ListOperationOptions.Types.OrderByField.Types.Field.CreateTime => "create_time_since_epoch",
            ListOperationOptions.Types.OrderByField.Types.Field.LastUpdateTime => "last_update_time_since_epoch",
            _ => null,
        };
        return time is null
            ? string.Create(CultureInfo.InvariantCulture, $"id {after} {position.Id}")
            : string.Create(CultureInfo.InvariantCulture, $"({time} {after} {position.Time} OR ({time} = {position.Time} AND id {after} {position.Id}))");
    }

    /// <summary>In this order, for what MLMD does not order itself.</summary>
    public IReadOnlyList<TNode> Sort<TNode>(IEnumerable<TNode> nodes)
        where TNode : class
    {
        var sorted = nodes.ToList();
        sorted.Sort((one, other) => one == other ? 0 : IsAfter(PositionOf(one), PositionOf(other)) ? 1 : -1);
        return sorted;
    }

    public ListOperationOptions ToOptions(int size, string? token)
    {
        var options = new ListOperationOptions { MaxResultSize = size, OrderByField = new() { Field = Field, IsAsc = IsAscending } };
        if (!string.IsNullOrEmpty(token))
        {
            options.NextPageToken = token;
        }

        return options;
    }
}

/// <summary>Where a node stands in an order: its time in milliseconds since the Unix epoch (0 in the order by id), then its id.</summary>
internal readonly record struct NodePosition(long Time, long Id);
