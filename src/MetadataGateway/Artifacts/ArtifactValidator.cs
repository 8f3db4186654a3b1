using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.Json;
using MetadataGateway.KubeflowRecords;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Validation;

namespace MetadataGateway.Artifacts;

/// <summary>
/// What can be known about an artifact from the request alone. The kind is that of the collection in the path, else the one the body names;
/// whether types and references exist is judged later.
/// </summary>
internal sealed class ArtifactValidator : AbstractValidator<ArtifactRequest>
{
    public ArtifactValidator(ArtifactKind? collectionKind)
    {
        RuleFor(request => request.Kind).Custom((kind, context) =>
        {
            if (KindFault(kind, collectionKind) is { } fault)
            {
                context.AddFailure(fault);
            }
        });
        RuleFor(request => request).Custom((request, context) => AddKindFaults(request, KindOf(request, collectionKind), context));
        RuleFor(request => request.Description).MustBeStorable();
        RuleFor(request => request.Owner).MustBeStorable();
        RuleFor(request => request.Version).MustBeStorable();
        RuleFor(request => request.Query).MustBeStorable();
        RuleFor(request => request.ModelType).MustBeStorable();
        RuleFor(request => request.State).MustBeOneOf(ArtifactFields.States);
        RuleFor(request => request.ExternalId).MustBeKey();
        RuleFor(request => request.TypeVersion).MustBeKey();
        RuleFor(request => request.Run).Custom((run, context) =>
        {
            if (!string.IsNullOrEmpty(run) && TextRules.NameFault(run) is { } fault)
            {
                context.AddFailure(fault);
            }
        });
        RuleFor(request => request.DataSetId).MustBeId();
        RuleFor(request => request.ModelId).MustBeId();
        RuleFor(request => request.MetricsType).MustBeOneOf(ArtifactFields.MetricsTypes);
        RuleFor(request => request.Labels).Custom((labels, context) => context.AddLabelFaults(labels, "labels"));
        RuleFor(request => request.Values).Custom(AddValueFaults);
        RuleFor(request => request.CustomProperties).Custom((properties, context) => AddNameFaults(properties, context));
        RuleFor(request => request.Properties).Custom((properties, context) => AddNameFaults(properties, context));
        foreach (var field in new[] { "hyperparameters", "trainingFramework", "additionalProperties" })
        {
            RuleFor(request => request).Custom((request, context) => JsonNumberRules.AddFaults(Object(request, field), field, context));
        }
    }

    public static ArtifactKind? KindOf(ArtifactRequest request, ArtifactKind? collectionKind) =>
        collectionKind is null or ArtifactKind.Artifact ? ArtifactKindNames.Parse(request.Kind) ?? collectionKind : collectionKind;

    private static JsonObject? Object(ArtifactRequest request, string field) => field switch
    {
        "hyperparameters" => request.Hyperparameters,
        "trainingFramework" => request.TrainingFramework,
        _ => request.AdditionalProperties,
    };

    private static string? KindFault(string? kind, ArtifactKind? collectionKind)
    {
        if (string.IsNullOrEmpty(kind))
        {
            return collectionKind is null ? "'kind' is required: dataset, model, metrics or artifact." : null;
        }

        if (ArtifactKindNames.Parse(kind) is not { } parsed)
        {
            return "must be dataset, model, metrics or artifact.";
        }

        return collectionKind is not null and not ArtifactKind.Artifact && parsed != collectionKind
            ? $"must be {collectionKind.Value.ToApiName()} in this collection, or left out."
            : null;
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

            AddTextFault(context, "name", request.Name);
            AddTextFault(context, "uri", request.Uri);
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
        else
        {
            AddTextFault(context, field, text);
        }
    }

    private static void AddTextFault(ValidationContext<ArtifactRequest> context, string field, string? text)
    {
        if (!string.IsNullOrEmpty(text) && TextRules.TextFault(text) is { } fault)
        {
            context.AddFailure(field, fault);
        }
    }

    private static void AddNameFaults(JsonObject? properties, ValidationContext<ArtifactRequest> context)
    {
        foreach (var (name, _) in properties ?? [])
        {
            if (TextRules.PropertyNameFault(name) is { } fault)
            {
                context.AddFailure(JsonPath.Member(LastName(context.PropertyPath), name), fault);
            }
        }
    }

    private static void AddValueFaults(JsonObject? values, ValidationContext<ArtifactRequest> context)
    {
        foreach (var (name, value) in values ?? [])
        {
            if (value?.GetValueKind() != JsonValueKind.Number && !JsonNumberRules.IsNonFinite(value))
            {
                context.AddFailure(JsonPath.Member("values", name), "must be a number, or {\"@double\": \"NaN\" | \"Infinity\" | \"-Infinity\"}.");
            }
        }
    }

    // AddFailure puts the path of the parent in front.
    private static string LastName(string path) => path[(path.LastIndexOf('.') + 1)..];
}
