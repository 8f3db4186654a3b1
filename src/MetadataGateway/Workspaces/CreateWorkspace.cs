using System.ComponentModel;
using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.Errors;
using MetadataGateway.Http;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.MetadataStore;
using MetadataGateway.OpenApi;
using MetadataGateway.Validation;
using MlMetadata;

namespace MetadataGateway.Workspaces;

internal sealed record CreateWorkspaceRequest
{
    [Description("1 to 200 characters and at most 255 bytes of UTF-8; slashes are fine."), RequiredToCreate]
    public string? Name { get; init; }

    public string? Description { get; init; }

    [Members("string")]
    public JsonObject? Labels { get; init; }

    [Description("What to do when the workspace exists: true (default) answers 200 with it, unchanged; false answers 409.")]
    public bool? ReuseIfExists { get; init; }
}

internal sealed class CreateWorkspaceValidator : AbstractValidator<CreateWorkspaceRequest>
{
    public CreateWorkspaceValidator()
    {
        RuleFor(request => request.Name).MustBeName();
        RuleFor(request => request.Description).MustBeStorable();
        RuleFor(request => request.Labels).Custom((labels, context) => context.AddLabelFaults(labels, "labels"));
    }
}

internal static class CreateWorkspace
{
    public static async Task<ResourceResult<WorkspaceResource>> Handle(
        RequestBody<CreateWorkspaceRequest> body, ReturnPreference preference, LabelledContextStore contexts, KubeflowTypeRegistry types, CancellationToken cancellationToken)
    {
        var request = body.Value;
        var context = await NewContext(request.Name!, request.Description, request.Labels, types, cancellationToken);
        var (stored, isNew) = await contexts.CreateAsync(KubeflowTypes.Workspace.Name, context, readBack: !preference.IsMinimal, cancellationToken);
        if (!isNew && request.ReuseIfExists == false)
        {
            throw new ProblemException(ProblemType.AlreadyExists, $"Workspace '{request.Name}' exists already, with id {stored.Id}.");
        }

        return preference.IsMinimal
            ? ResourceResult<WorkspaceResource>.Minimal(MinimalResource.Of(stored.Id), Location(stored.Name), isNew)
            : ResourceResult<WorkspaceResource>.Created(WorkspaceResource.From(stored), Location(stored.Name), isNew);
    }

    public static string Location(string workspace) => $"/api/v1/workspaces/{Uri.EscapeDataString(workspace)}";

    public static async Task<Context> NewContext(
        string name, string? description, JsonObject? labels, KubeflowTypeRegistry types, CancellationToken cancellationToken)
    {
        var context = new Context { TypeId = (await types.GetIdsAsync(cancellationToken))[KubeflowTypes.Workspace.Name], Name = name };
        context.SetDescription(description);
        context.SetLabels(labels);
        return context;
    }
}
