using System.ComponentModel;
using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.Json;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;

namespace MetadataGateway.Executions;

internal record ExecutionRequest
{
    [Description("Name of the step. Need not be unique."), RequiredToCreate]
    public string? Name { get; init; }

    [Description("Name of the run; made if missing.")]
    public string? Run { get; init; }

    [Description("Name of a registered execution type; default: kubeflow.org/alpha/execution.")]
    public string? Type { get; init; }

    [Description("Version of the type.")]
    public string? TypeVersion { get; init; }

    public string? Description { get; init; }

    [OneOf("ExecutionState", "UNKNOWN", "NEW", "RUNNING", "COMPLETE", "FAILED", "CACHED", "CANCELED")]
    public string? State { get; init; }

    [Description("Id in a foreign system, unique over all executions; at most 255 bytes of UTF-8.")]
    public string? ExternalId { get; init; }

    [Description("The properties that the type declares."), Members("any")]
    public JsonObject? Properties { get; init; }

    [Description("Properties that the type does not declare."), Members("any")]
    public JsonObject? CustomProperties { get; init; }
}

internal sealed record CreateExecutionRequest : ExecutionRequest
{
    [Description("May be given when equal to the workspace in the path.")]
    public string? Workspace { get; init; }

    [Description("What it read.")]
    public IReadOnlyList<LinkRequest>? Inputs { get; init; }

    [Description("What it wrote.")]
    public IReadOnlyList<LinkRequest>? Outputs { get; init; }
}

/// <summary>The body of a PATCH: the same fields, and output-only ones that may be sent back unchanged.</summary>
internal sealed record UpdateExecutionRequest : ExecutionRequest
{
    [Description("Output only: accepted when equal to what is stored.")]
    public string? Id { get; init; }

    [Description("Cannot be changed: accepted when equal to what is stored.")]
    public string? Workspace { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? CreateTime { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? UpdateTime { get; init; }

    [Description("Output only: accepted when equal to what is stored.")]
    public string? Etag { get; init; }
}

internal sealed class ExecutionValidator : AbstractValidator<ExecutionRequest>
{
    public static readonly IReadOnlyList<string> States = ["UNKNOWN", "NEW", "RUNNING", "COMPLETE", "FAILED", "CACHED", "CANCELED"];

    public ExecutionValidator()
    {
        RuleFor(request => request.Name).MustBeGiven();
        RuleFor(request => request.Run).Custom((run, context) =>
        {
            if (!string.IsNullOrEmpty(run) && TextRules.NameFault(run) is { } fault)
            {
                context.AddFailure(fault);
            }
        });
        RuleFor(request => request.Type).MustBeKey();
        RuleFor(request => request.TypeVersion).MustBeKey();
        RuleFor(request => request.Description).MustBeStorable();
        RuleFor(request => request.State).MustBeOneOf(States);
        RuleFor(request => request.ExternalId).MustBeKey();
        RuleFor(request => request).Custom((request, context) =>
        {
            AddNameFaults(request.Properties, "properties", context);
            AddNameFaults(request.CustomProperties, "customProperties", context);
        });
    }

    private static void AddNameFaults(JsonObject? properties, string field, ValidationContext<ExecutionRequest> context)
    {
        foreach (var (name, _) in properties ?? [])
        {
            if (TextRules.PropertyNameFault(name) is { } fault)
            {
                context.AddFailure(JsonPath.Member(field, name), fault);
            }
        }
    }
}

internal sealed class CreateExecutionValidator : AbstractValidator<CreateExecutionRequest>
{
    private const int MaxLinks = 10_000;

    public CreateExecutionValidator()
    {
        Include(new ExecutionValidator());
        RuleForEach(request => request.Inputs).NotNull().SetValidator(new LinkValidator());
        RuleForEach(request => request.Outputs).NotNull().SetValidator(new LinkValidator());
        RuleFor(request => request).Custom((request, context) =>
        {
            CheckLinks(request, request.Inputs, "inputs", context);
            CheckLinks(request, request.Outputs, "outputs", context);
        });
    }

    private static void CheckLinks(
        CreateExecutionRequest request, IReadOnlyList<LinkRequest>? links, string list, ValidationContext<CreateExecutionRequest> context)
    {
        if (links?.Count > MaxLinks)
        {
            context.AddFailure(list, $"must have at most {MaxLinks} items.");
        }

        for (var i = 0; i < links?.Count; i++)
        {
            // One write has one run: that of the execution.
            if (!string.IsNullOrEmpty(links[i]?.Run) && links[i].Run != request.Run)
            {
                context.AddFailure($"{list}[{i}].run", "must be the run of the execution, or left out.");
            }
        }
    }
}
