using System.ComponentModel;
using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.LabelledContexts;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;
using MetadataGateway.Workspaces;

namespace MetadataGateway.Runs;

internal sealed record CreateRunRequest
{
    [Description("1 to 200 characters and at most 255 bytes of UTF-8; slashes and times are fine."), RequiredToCreate]
    public string? Name { get; init; }

    public string? Description { get; init; }

    [Members("string")]
    public JsonObject? Labels { get; init; }

    [Description("What to do when the run exists: true (default) answers 200 with it, unchanged; false answers 409.")]
    public bool? ReuseIfExists { get; init; }
}

internal sealed class CreateRunValidator : AbstractValidator<CreateRunRequest>
{
    public CreateRunValidator()
    {
        RuleFor(request => request.Name).MustBeName();
        RuleFor(request => request.Description).MustBeStorable();
        RuleFor(request => request.Labels).Custom((labels, context) => context.AddLabelFaults(labels, "labels"));
    }
}

internal static class CreateRun
{
    public static async Task<ResourceResult<RunResource>> Handle(
        string workspace, RequestBody<CreateRunRequest> body, ReturnPreference preference,
        WorkspaceDirectory workspaces, RunDirectory runs, RunFinder finder, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var workspaceId = await workspaces.GetIdAsync(workspace, cancellationToken);
        var (stored, isNew) = (await finder.FindAsync(workspaceId, request.Name!, cancellationToken), false);
        if (stored?.HasId != true)
        {
            // One that records name is there already, as it is: without description and labels.
            var context = stored ?? RunDirectory.NewContext(workspaceId, request.Name!, request.Description, request.Labels);
            var wasNamed = stored is not null;
            (stored, isNew) = await runs.CreateAsync(workspaceId, context, readBack: !preference.IsMinimal, cancellationToken);
            isNew &= !wasNamed;
        }

        if (!isNew && request.ReuseIfExists == false)
        {
            throw new ProblemException(ProblemType.AlreadyExists, $"Run '{request.Name}' exists already, with id {stored.Id}.");
        }

        var location = Location(workspace, request.Name!);
        return preference.IsMinimal
            ? ResourceResult<RunResource>.Minimal(MinimalResource.Of(stored.Id), location, isNew)
            : ResourceResult<RunResource>.Created(RunResource.From(stored, workspace), location, isNew);
    }

    public static string Location(string workspace, string run) => $"{CreateWorkspace.Location(workspace)}/runs/{Uri.EscapeDataString(run)}";
}
