using System.ComponentModel;
using MetadataGateway.Errors;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;
using Microsoft.AspNetCore.Mvc;

namespace MetadataGateway.Artifacts;

/// <summary>What to do with a dataset or model that equals a stored one.</summary>
internal enum IfExists
{
    /// <summary>Take the stored one and tell what differs.</summary>
    Reuse,

    /// <summary>409.</summary>
    Fail,

    /// <summary>Record another one.</summary>
    New,

    /// <summary>Take the stored one and change the fields given.</summary>
    Update,
}

/// <summary>The query parameter <c>ifExists</c>.</summary>
internal class IfExistsQuery : ICheckedParameters
{
    [FromQuery(Name = "ifExists"), Description("What to do when a dataset or model equals a stored one (workspace, type, uri, name, version): reuse (default), fail, new or update."), OneOf("IfExists", "reuse", "fail", "new", "update")]
    public string? IfExistsText { get; init; }

    public IfExists IfExists => IfExistsText switch
    {
        "fail" => IfExists.Fail,
        "new" => IfExists.New,
        "update" => IfExists.Update,
        _ => IfExists.Reuse,
    };

    public virtual void Check(ICollection<Fault> faults)
    {
        if (IfExistsText is not (null or "reuse" or "fail" or "new" or "update"))
        {
            faults.Add(new Fault("ifExists", "must be reuse, fail, new or update."));
        }
    }
}
