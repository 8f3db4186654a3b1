using System.Text.Json;
using System.Text.Json.Nodes;
using FluentValidation;
using MetadataGateway.Json;
using MetadataGateway.LabelledContexts;
using MetadataGateway.Properties;
using MetadataGateway.Validation;

namespace MetadataGateway.Artifacts;

/// <summary>The rules of single fields, whatever the kind, and whether they are given in a create or changed in a PATCH.</summary>
internal sealed class ArtifactFieldValidator : AbstractValidator<ArtifactRequest>
{
    /// <param name="isPatch">Whether a null member takes one away rather than being a value.</param>
    public ArtifactFieldValidator(bool isPatch)
    {
        RuleFor(request => request.Name).MustBeStorable();
        RuleFor(request => request.Uri).MustBeStorable();
        RuleFor(request => request.Description).MustBeStorable();
        RuleFor(request => request.Owner).MustBeStorable();
        RuleFor(request => request.Version).MustBeStorable();
        RuleFor(request => request.Query).MustBeStorable();
        RuleFor(request => request.ModelType).MustBeStorable();
        RuleFor(request => request.State).MustBeOneOf(ArtifactFields.States);
        RuleFor(request => request.ExternalId).MustBeKey();
        RuleFor(request => request.DataSetId).MustBeId();
        RuleFor(request => request.ModelId).MustBeId();
        RuleFor(request => request.MetricsType).MustBeOneOf(ArtifactFields.MetricsTypes);
        RuleFor(request => request.Labels).Custom((labels, context) => context.AddLabelFaults(labels, "labels", isPatch));
        RuleFor(request => request.Values).Custom((values, context) => AddValueFaults(values, isPatch, context));
        RuleFor(request => request).Custom((request, context) =>
        {
            AddNameFaults(request.Properties, "properties", context);
            AddNameFaults(request.CustomProperties, "customProperties", context);
            AddPropertyFaults(request.CustomProperties, "customProperties", context);
            JsonNumberRules.AddFaults(request.TrainingFramework, "trainingFramework", context);
            JsonNumberRules.AddFaults(request.Hyperparameters, "hyperparameters", context);
            JsonNumberRules.AddFaults(request.AdditionalProperties, "additionalProperties", context);
        });
    }

    private static void AddNameFaults(JsonObject? properties, string field, ValidationContext<ArtifactRequest> context)
    {
        foreach (var (name, _) in properties ?? [])
        {
            if (TextRules.PropertyNameFault(name) is { } fault)
            {
                context.AddFailure(JsonPath.Member(field, name), fault);
            }
        }
    }

    // The values of declared properties wait for the type, which decides what they may be.
    private static void AddPropertyFaults(JsonObject? properties, string field, ValidationContext<ArtifactRequest> context)
    {
        var faults = new List<PropertyFault>();
        foreach (var (name, value) in properties ?? [])
        {
            PropertyValueReader.Read(JsonSerializer.SerializeToElement(value), null, JsonPath.Member(field, name), faults);
        }

        foreach (var fault in faults)
        {
            context.AddFailure(fault.Path, fault.Message);
        }
    }

    private static void AddValueFaults(JsonObject? values, bool isPatch, ValidationContext<ArtifactRequest> context)
    {
        foreach (var (name, value) in values ?? [])
        {
            if (value is null && isPatch)
            {
                continue;
            }

            if (value?.GetValueKind() != JsonValueKind.Number && !JsonNumberRules.IsNonFinite(value))
            {
                context.AddFailure(JsonPath.Member("values", name), "must be a number, or {\"@double\": \"NaN\" | \"Infinity\" | \"-Infinity\"}.");
            }
        }
    }
}

/// <summary>Judges what a PATCH changes: what another client stored in a form of its own may be sent back.</summary>
internal sealed class UpdateArtifactValidator : AbstractValidator<UpdateArtifactRequest>, IJudgesChanges
{
    public UpdateArtifactValidator() => Include(new ArtifactFieldValidator(isPatch: true));
}
