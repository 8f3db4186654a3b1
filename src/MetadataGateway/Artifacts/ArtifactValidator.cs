using FluentValidation;
using MetadataGateway.Json;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.Validation;

namespace MetadataGateway.Artifacts;

/// <summary>
/// What can be known about an artifact to be recorded from the request alone. The kind is that of the collection in the path, else the one the
/// body names; whether types and references exist is judged later.
/// </summary>
internal sealed class ArtifactValidator : AbstractValidator<ArtifactRequest>
{
    public ArtifactValidator(ArtifactKind? collectionKind)
    {
        Include(new ArtifactFieldValidator(isPatch: false));
        RuleFor(request => request.Kind).Custom((kind, context) =>
        {
            if (KindFault(kind, collectionKind) is { } fault)
            {
                context.AddFailure(fault);
            }
        });
        RuleFor(request => request).Custom((request, context) => AddKindFaults(request, KindOf(request, collectionKind), context));
        RuleFor(request => request.TypeVersion).MustBeKey();
        RuleFor(request => request.Run).Custom((run, context) =>
        {
            if (!string.IsNullOrEmpty(run) && TextRules.NameFault(run) is { } fault)
            {
                context.AddFailure(fault);
            }
        });
    }

    /// <summary>Null when neither the collection nor the body says it.</summary>
    public static ArtifactKind? KindOf(ArtifactRequest request, ArtifactKind? collectionKind) =>
        collectionKind is null or ArtifactKind.Artifact ? ArtifactKindNames.Parse(request.Kind) : collectionKind;

    private static string? KindFault(string? kind, ArtifactKind? collectionKind)
    {
        var isOpen = collectionKind is null or ArtifactKind.Artifact;
        if (string.IsNullOrEmpty(kind))
        {
            return isOpen ? "'kind' is required: dataset, model, metrics or artifact." : null;
        }

        if (ArtifactKindNames.Parse(kind) is not { } parsed)
        {
            return "must be dataset, model, metrics or artifact.";
        }

        return isOpen || parsed == collectionKind ? null : $"must be {collectionKind!.Value.ToApiName()} in this collection, or left out.";
    }

    private static void AddKindFaults(ArtifactRequest request, ArtifactKind? kind, ValidationContext<ArtifactRequest> context)
    {
        if (kind is null)
        {
            return;
        }

        var given = request.GivenFields().ToHashSet();
        foreach (var field in ArtifactFields.NotOf(kind.Value).Where(given.Contains))
        {
            context.AddFailure(field, $"'{field}' is not a field of kind {kind.Value.ToApiName()}.");
        }

        if (kind == ArtifactKind.Artifact)
        {
            Require(context, "type", request.Type);
            if (!string.IsNullOrEmpty(request.Type) && TextRules.KeyFault(request.Type) is { } fault)
            {
                context.AddFailure("type", fault);
            }

            return;
        }

        Require(context, "name", request.Name);
        Require(context, "uri", request.Uri);
        if (!string.IsNullOrEmpty(request.Type) && request.Type != ArtifactKinds.WrittenType(kind.Value)!.Name)
        {
            context.AddFailure("type", $"must be {ArtifactKinds.WrittenType(kind.Value)!.Name} or left out for kind {kind.Value.ToApiName()}.");
        }

        if (!string.IsNullOrEmpty(request.TypeVersion))
        {
            context.AddFailure("typeVersion", $"must be left out for kind {kind.Value.ToApiName()}.");
        }

        foreach (var name in (request.CustomProperties ?? []).Select(member => member.Key).Where(SearchableMembers.IsSearchable))
        {
            context.AddFailure(JsonPath.Member("customProperties", name), "Names beginning with labels., hyperparameters. or values. are reserved for those fields.");
        }
    }

    private static void Require(ValidationContext<ArtifactRequest> context, string field, string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            context.AddFailure(field, $"'{field}' is required.");
        }
    }
}
