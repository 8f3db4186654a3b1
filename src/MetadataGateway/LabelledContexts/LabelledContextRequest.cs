using System.ComponentModel;
using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;

namespace MetadataGateway.LabelledContexts;

/// <summary>What a client can say about a workspace or a run in a PUT or PATCH. Output-only fields may be sent back unchanged.</summary>
internal sealed record LabelledContextRequest
{
    [Description("The name in the path; may be left out.")]
    public string? Name { get; init; }

    public string? Description { get; init; }

    [Members("string or null")]
    public JsonObject? Labels { get; init; }

    [Description("Runs only: the workspace in the path; may be left out.")]
    public string? Workspace { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? Id { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? CreateTime { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? UpdateTime { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? Etag { get; init; }
}

/// <summary>Judges what a PUT or PATCH changes: labels that another client stored in a form of its own may be sent back.</summary>
internal sealed class LabelledContextValidator : AbstractValidator<LabelledContextRequest>, IJudgesChanges
{
    public LabelledContextValidator()
    {
        RuleFor(request => request.Description).MustBeStorable();
        RuleFor(request => request.Labels).Custom((labels, context) => context.AddLabelFaults(labels, "labels", isPatch: true));
    }
}
